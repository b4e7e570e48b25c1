package io.memsession.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.session.security.SpringSessionBackedSessionRegistry;
import org.springframework.session.security.web.authentication.SpringSessionRememberMeServices;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A shop with logins by Spring Security, as many of its users have it. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(SecuredShop.Pages.class)
class SecuredShop {

    @Bean
    UserDetailsService users() {
        return new InMemoryUserDetailsManager(
                User.withUsername("ada").password("{noop}secret").roles("BUYER").build(),
                User.withUsername("bob").password("{noop}secret").roles("BUYER").build());
    }

    @Bean
    <S extends Session> SecurityFilterChain security(HttpSecurity http, FindByIndexNameSessionRepository<S> sessions)
            throws Exception {
        SpringSessionRememberMeServices rememberMe = new SpringSessionRememberMeServices();
        return http.authorizeHttpRequests(requests -> requests.requestMatchers("/csrf", "/cart", "/error")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .formLogin(Customizer.withDefaults())
                .logout(Customizer.withDefaults())
                .rememberMe(remember -> remember.rememberMeServices(rememberMe))
                .sessionManagement(management -> management
                        .maximumSessions(1)
                        .sessionRegistry(new SpringSessionBackedSessionRegistry<>(sessions)))
                .build();
    }

    @RestController
    static class Pages {
        private final FindByIndexNameSessionRepository<? extends Session> sessions;

        Pages(FindByIndexNameSessionRepository<? extends Session> sessions) {
            this.sessions = sessions;
        }

        @GetMapping("/csrf")
        String csrf(CsrfToken token) {
            return token.getToken();
        }

        @GetMapping("/cart")
        String cart(HttpSession session) {
            return String.valueOf(session.getAttribute("cart"));
        }

        @GetMapping("/me")
        String me(Principal principal) {
            return principal.getName();
        }

        @PostMapping("/cart")
        String put(HttpSession session, @RequestParam String cart) {
            session.setAttribute("cart", cart);
            return cart;
        }

        @GetMapping("/session")
        String session(HttpServletRequest request) {
            @Nullable HttpSession session = request.getSession(false);
            return session == null ? "none" : session.getId() + " " + session.getMaxInactiveInterval();
        }

        @PostMapping("/logout-everywhere")
        String logoutEverywhere(Principal principal) {
            var all = sessions.findByPrincipalName(principal.getName());
            all.keySet().forEach(sessions::deleteById);
            return String.valueOf(all.size());
        }
    }
}
