package io.memsession.sample;

import jakarta.servlet.ServletConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which app server this is: the setting {@code shop.server}, else the host's name. */
final class Place {
    private static final String SETTING = "shop.server";

    private Place() {}

    /**
     * The app server's name: a system property, an init parameter of the servlet or the context, or the host's name.
     */
    static String name(ServletConfig servlet) {
        String name = setting(servlet, SETTING);
        return name.isEmpty() ? hostName() : name;
    }

    /**
     * A setting of that name: the system property, else the init parameter of the servlet, else that of the context;
     * empty without any.
     */
    static String setting(ServletConfig servlet, String name) {
        return firstOf(
                System.getProperty(name),
                servlet.getInitParameter(name),
                servlet.getServletContext().getInitParameter(name));
    }

    private static String firstOf(@Nullable String... texts) {
        for (String text : texts) {
            if (text != null && !text.isBlank()) {
                return text;
            }
        }
        return "";
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "this server";
        }
    }

    /** The beginning of every JSON answer: who gives it. */
    static Map<String, @Nullable Object> answer(String server) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("server", server);
        return answer;
    }
}
