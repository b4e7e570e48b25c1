package io.memsession.store;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.userdetails.User;

/** Sessions as applications have them. */
public final class SampleSessions {
    private SampleSessions() {}

    /** One line of a cart. */
    public static final class Line implements Serializable {
        private static final long serialVersionUID = 1;
        public final UUID id;
        public final String name;
        public final BigDecimal price;
        public int count;
        public final List<String> options;
        public final Instant added;

        Line(int n) {
            id = new UUID(n, n * 31L);
            name = "product number " + n;
            price = new BigDecimal("9.90").add(BigDecimal.valueOf(n));
            count = n % 5;
            options = new ArrayList<>(List.of("colour " + n % 3, "size " + n % 4));
            added = Instant.ofEpochSecond(1_700_000_000L + n);
        }
    }

    /** The attributes of a session called small, cart or large. */
    public static Map<String, Object> named(String name) {
        return switch (name) {
            case "small" -> small();
            case "cart" -> cart();
            case "large" -> large(200);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Map<String, Object> small() {
        Map<String, Object> session = new LinkedHashMap<>();
        User user = new User("ann", "{noop}", AuthorityUtils.createAuthorityList("ROLE_USER", "ROLE_ADMIN"));
        session.put(
                "SPRING_SECURITY_CONTEXT",
                new SecurityContextImpl(
                        UsernamePasswordAuthenticationToken.authenticated(user, null, user.getAuthorities())));
        session.put("locale", Locale.GERMANY);
        session.put("visits", 17);
        session.put("since", LocalDate.of(2026, 1, 2));
        session.put("theme", "dark");
        session.put("token", "8f14e45f-ceea-467a-9575-1f2a4c3d5e6f");
        return session;
    }

    private static Map<String, Object> cart() {
        Map<String, Object> session = new LinkedHashMap<>();
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            lines.add(new Line(i));
        }
        session.put("cart", lines);
        return session;
    }

    /** A session with so many attributes of the usual kinds. */
    public static Map<String, Object> large(int attributes) {
        Map<String, Object> session = new LinkedHashMap<>();
        for (int i = 0; i < attributes; i++) {
            session.put(
                    "attribute" + i, i % 4 == 0 ? new Line(i) : i % 4 == 1 ? numbers(i) : i % 4 == 2 ? texts(i) : i);
        }
        return session;
    }

    private static List<Integer> numbers(int n) {
        return new ArrayList<>(List.of(n, n + 1, n + 2, n + 3, n + 4));
    }

    private static Map<String, String> texts(int n) {
        return new LinkedHashMap<>(Map.of("first " + n, "some text of usual length", "second " + n, "another text"));
    }
}
