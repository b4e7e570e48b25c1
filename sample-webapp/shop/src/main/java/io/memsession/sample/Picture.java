package io.memsession.sample;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.Serial;
import java.io.Serializable;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A customer's picture. Its name is random and tells nothing of the session that it belongs to.
 *
 * @param name 32 hexadecimal digits and an extension
 * @param bytes the file as it was uploaded
 */
@SuppressWarnings("ArrayRecordComponent")
record Picture(String name, byte[] bytes) implements Serializable {
    /** The largest picture, in bytes. */
    static final int MOST = 200_000;

    @Serial
    private static final long serialVersionUID = 1;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{32}\\.(png|jpg|gif)");

    /** The kinds of file that are taken, by how they begin. */
    enum Kind {
        PNG("png", "image/png", "\u0089PNG"),
        JPEG("jpg", "image/jpeg", "\u00ff\u00d8\u00ff"),
        GIF("gif", "image/gif", "GIF8");

        final String extension;
        final String contentType;
        private final String begins;

        Kind(String extension, String contentType, String begins) {
            this.extension = extension;
            this.contentType = contentType;
            this.begins = begins;
        }

        private boolean isOf(byte[] bytes) {
            return new String(bytes, 0, Math.min(bytes.length, begins.length()), ISO_8859_1).equals(begins);
        }

        /** The kind that a name ends with. */
        static Optional<Kind> ofName(String name) {
            return Arrays.stream(values())
                    .filter(kind -> name.endsWith("." + kind.extension))
                    .findFirst();
        }
    }

    /** An uploaded file under a name of its own. */
    static Picture of(byte[] bytes) throws Refusal {
        if (bytes.length > MOST) {
            throw tooLarge();
        }
        for (Kind kind : Kind.values()) {
            if (kind.isOf(bytes)) {
                byte[] random = new byte[16];
                RANDOM.nextBytes(random);
                return new Picture(HexFormat.of().formatHex(random) + "." + kind.extension, bytes);
            }
        }
        throw Refusal.badInput("picture: a PNG, JPEG or GIF is needed");
    }

    /** What is answered to a file of more than {@link #MOST} bytes. */
    static Refusal tooLarge() {
        return new Refusal(413, "picture: at most " + MOST + " bytes");
    }

    /** Whether that can be a picture's name. */
    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }
}
