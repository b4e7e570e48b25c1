import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.session.data.redis.config.annotation.web.http.EnableRedisHttpSession;

/** Spring Session with Redis, as its documentation sets it up without Boot. */
@Configuration(proxyBeanMethods = false)
@EnableRedisHttpSession
public class RedisSessions {
    @Bean
    public LettuceConnectionFactory connectionFactory() {
        return new LettuceConnectionFactory("127.0.0.1", Integer.getInteger("redis.port"));
    }
}
