package io.memsession.tomcat;

import java.lang.reflect.Constructor;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.catalina.realm.GenericPrincipal;
import org.jspecify.annotations.Nullable;

/**
 * A principal as a value that every codec can keep. Tomcat's own becomes a list of its name, its roles and the
 * principal behind it; one of a realm's own class, which may come from the web application, is kept as it is.
 */
final class PackedPrincipal {
    private static final String TOMCATS = "tomcat";
    private static final boolean WITHOUT_PASSWORD = Arrays.stream(GenericPrincipal.class.getConstructors())
            .anyMatch(each -> Arrays.equals(
                    each.getParameterTypes(), new Class<?>[] {String.class, List.class, Principal.class}));

    private PackedPrincipal() {}

    static Object pack(Principal principal) {
        if (principal.getClass() != GenericPrincipal.class) {
            return principal;
        }
        GenericPrincipal known = (GenericPrincipal) principal;
        Principal behind = known.getUserPrincipal();
        List<@Nullable Object> packed = new ArrayList<>();
        packed.add(TOMCATS);
        packed.add(known.getName());
        packed.add(new ArrayList<>(List.of(known.getRoles())));
        packed.add(behind == known || behind == null ? null : pack(behind));
        return packed;
    }

    /** The principal; null if it is none. */
    static @Nullable Principal unpack(@Nullable Object packed) {
        if (packed instanceof Principal principal) {
            return principal;
        }
        if (packed instanceof List<?> parts
                && parts.size() == 4
                && TOMCATS.equals(parts.get(0))
                && parts.get(2) instanceof List<?> roles) {
            String name = parts.get(1) instanceof String text ? text : null;
            return principal(name, roles.stream().map(String::valueOf).toList(), unpack(parts.get(3)));
        }
        return null;
    }

    /** Tomcat 9 wants a password too, 11 has no place for one. */
    private static Principal principal(@Nullable String name, List<String> roles, @Nullable Principal behind) {
        try {
            if (WITHOUT_PASSWORD) {
                return new GenericPrincipal(name, roles, behind);
            }
            Constructor<GenericPrincipal> constructor =
                    GenericPrincipal.class.getConstructor(String.class, String.class, List.class, Principal.class);
            return constructor.newInstance(name, null, roles, behind);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Tomcat has another GenericPrincipal", e);
        }
    }
}
