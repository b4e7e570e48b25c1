package io.memsession.sample;

import jakarta.servlet.ServletConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which app server this is: the setting {@code shop.server}, else the host's name. */
final class Place {
    private static final String SETTING = "shop.server";
    private static final Pattern PANEL = Pattern.compile("http://127\\.0\\.0\\.1:\\d{1,5}");

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

    /**
     * Where a panel to kill servers with is found, which only a demo on this machine has: the setting
     * {@code shop.panel}. Empty without one, and for what is not on this machine.
     */
    static String panel(ServletConfig servlet) {
        String url = setting(servlet, "shop.panel");
        return PANEL.matcher(url).matches() ? url : "";
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
