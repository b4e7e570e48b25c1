package io.memsession.sample.boot;

import io.memsession.sample.ApiServlet;
import io.memsession.sample.AssetServlet;
import io.memsession.sample.PageServlet;
import io.memsession.sample.PictureServlet;
import jakarta.servlet.MultipartConfigElement;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;

/** The application: the same servlets as in the war, registered under the same paths. */
@SpringBootApplication(proxyBeanMethods = false)
public class ShopApplication {

    /** Starts the shop. */
    public static void main(String[] args) {
        SpringApplication.run(ShopApplication.class, args);
    }

    @Bean
    ServletRegistrationBean<PageServlet> page(
            @Value("${shop.server:}") String server, @Value("${shop.panel:}") String panel) {
        ServletRegistrationBean<PageServlet> page =
                new ServletRegistrationBean<>(new PageServlet(), "", "/add", "/remove", "/login", "/logout");
        page.addInitParameter("shop.server", server);
        page.addInitParameter("shop.panel", panel);
        return page;
    }

    @Bean
    ServletRegistrationBean<AssetServlet> assets() {
        return new ServletRegistrationBean<>(new AssetServlet(), "/assets/*");
    }

    @Bean
    ServletRegistrationBean<PictureServlet> picture(@Value("${shop.pictures:}") String nodes) {
        ServletRegistrationBean<PictureServlet> picture =
                new ServletRegistrationBean<>(new PictureServlet(), "/picture", "/pictures/*");
        picture.addInitParameter("shop.pictures", nodes);
        picture.setMultipartConfig(new MultipartConfigElement("", 250_000, 260_000, 260_000));
        return picture;
    }

    @Bean
    ServletRegistrationBean<ApiServlet> api(@Value("${shop.server:}") String server) {
        ServletRegistrationBean<ApiServlet> api = new ServletRegistrationBean<>(new ApiServlet(), "/api/*");
        api.addInitParameter("shop.server", server);
        return api;
    }
}
