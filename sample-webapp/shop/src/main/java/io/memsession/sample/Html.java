package io.memsession.sample;

/** Text within HTML. */
final class Html {
    private Html() {}

    /** The text with everything escaped that could end an element's text or a quoted attribute. */
    static String escape(Object text) {
        StringBuilder escaped = new StringBuilder();
        String.valueOf(text).chars().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append((char) c);
            }
        });
        return escaped.toString();
    }
}
