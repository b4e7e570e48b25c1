package io.memsession.store.kryo;

import java.io.Serializable;
import java.security.Principal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.catalina.realm.GenericPrincipal;
import org.springframework.aop.scope.ScopedProxyFactoryBean;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.util.LinkedCaseInsensitiveMap;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.validation.BeanPropertyBindingResult;
import org.springframework.validation.BindException;
import org.springframework.validation.FieldError;
import org.springframework.validation.MapBindingResult;
import org.springframework.validation.ObjectError;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.FlashMap;
import org.springframework.web.util.WebUtils;

/** What Spring MVC, session-scoped beans and Tomcat keep in sessions. */
@SuppressWarnings({"all", "serial"})
final class WebObjects {
    private WebObjects() {}

    /** A session-scoped bean. */
    public static class Basket implements Serializable {
        private final List<String> items = new ArrayList<>(List.of("tea"));

        public List<String> getItems() {
            return items;
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Basket b && b.items.equals(items);
        }

        @Override
        public int hashCode() {
            return items.hashCode();
        }
    }

    /** A session-scoped bean that holds a proxy of another. */
    public static class Desk implements Serializable {
        final Basket basket;

        Desk(Basket basket) {
            this.basket = basket;
        }
    }

    static void fill(Corpus corpus) {
        FlashMap flash = new FlashMap();
        flash.put("message", "saved");
        flash.put("errors", new ArrayList<>(List.of("a", "b")));
        flash.setTargetRequestPath("/orders/7");
        flash.addTargetRequestParam("page", "2");
        flash.startExpirationPeriod(180);
        corpus.java("flash map", flash)
                .when(
                        'J',
                        "flash maps",
                        new ArrayList<>(List.of(flash)),
                        (a, b) -> a.equals(b)
                                && b.get(0).getTargetRequestPath().equals("/orders/7")
                                && b.get(0).getExpirationTime() == flash.getExpirationTime())
                .java("mutex", new Object[] {Locale.GERMANY, WebUtils.class.getName()});
        HttpHeaders headers = new HttpHeaders();
        headers.add("Accept", "text/html");
        headers.setContentType(MediaType.APPLICATION_JSON);
        corpus.java("headers", headers)
                .java("media type", MediaType.parseMediaType("text/html;charset=UTF-8;q=0.5"))
                .java("status", HttpStatus.NOT_FOUND)
                .java("method", HttpMethod.PATCH)
                .java("multi value map", new LinkedMultiValueMap<>(Map.of("a", List.of("1", "2"))));
        LinkedCaseInsensitiveMap<String> insensitive = new LinkedCaseInsensitiveMap<>();
        insensitive.put("Key", "value");
        corpus.when('J', "case-insensitive map", insensitive, (a, b) -> a.equals(b) && "value".equals(b.get("KEY")));
        BindException bind = new BindException(new Basket(), "basket");
        bind.addError(new FieldError("basket", "items", "x", true, new String[] {"code"}, new Object[] {1}, "bad"));
        BeanPropertyBindingResult result = new BeanPropertyBindingResult(new Basket(), "basket");
        result.addError(new ObjectError("basket", "wrong"));
        corpus.when('J', "bind exception", bind, (a, b) -> a.getAllErrors().equals(b.getAllErrors()))
                .when('J', "binding result", result, (a, b) -> a.getAllErrors().equals(b.getAllErrors()))
                .java("map binding result", new MapBindingResult(new HashMap<>(Map.of("a", 1)), "form"))
                .when(
                        'J',
                        "response status",
                        new ResponseStatusException(HttpStatus.CONFLICT, "why"),
                        (a, b) -> a.getReason().equals(b.getReason()));
        scoped(corpus);
        Principal user = new GenericPrincipal("ann", List.of("admin", "user"));
        corpus.when(
                'J',
                "tomcat principal",
                (GenericPrincipal) user,
                (a, b) -> a.getName().equals(b.getName()) && b.hasRole("admin"));
    }

    /** The same id in every JVM, by which scoped proxies find their bean factory again. */
    static void scoped(Corpus corpus) {
        DefaultListableBeanFactory beans = beans();
        corpus.java("scoped bean", new Basket());
        Basket proxy = (Basket) beans.getBean("basket");
        corpus.when('J', "scoped proxy", proxy, (a, b) -> b.getItems().equals(List.of("tea")))
                .when(
                        'J',
                        "bean with proxy",
                        new Desk(proxy),
                        (a, b) -> b.basket.getItems().equals(List.of("tea")));
    }

    static DefaultListableBeanFactory beans() {
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        beans.setSerializationId("memsession-corpus");
        beans.registerBeanDefinition("scopedTarget.basket", new RootBeanDefinition(Basket.class));
        RootBeanDefinition proxy = new RootBeanDefinition(ScopedProxyFactoryBean.class);
        proxy.getPropertyValues().add("targetBeanName", "scopedTarget.basket");
        beans.registerBeanDefinition("basket", proxy);
        KEPT.add(beans);
        beans.preInstantiateSingletons(); // makes the proxy's class, as every start of the application does
        return beans;
    }

    /** Bean factories are found by their ids only as long as somebody else holds them. */
    private static final List<Object> KEPT = new ArrayList<>();
}
