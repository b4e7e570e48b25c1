package io.memsession.sample;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The page's style and scripts: mapped to {@code /assets/*}. There are these few, and no other path leads to a file.
 */
public final class AssetServlet extends HttpServlet {
    private static final long serialVersionUID = 1;
    private static final String SCRIPT = "text/javascript;charset=UTF-8";

    private static final Map<String, Asset> ASSETS = new LinkedHashMap<>();

    static {
        put("icon.svg", "image/svg+xml");
        put("shop.css", "text/css;charset=UTF-8");
        put("asking.js", SCRIPT);
        put("cart.js", SCRIPT);
        put("element.js", SCRIPT);
        put("nodes.js", SCRIPT);
        put("shop.js", SCRIPT);
        put("timeline.js", SCRIPT);
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Asset(String type, byte[] content, String tag) {}

    /** Made by the container. */
    public AssetServlet() {}

    private static void put(String name, String type) {
        byte[] content = content(name);
        ASSETS.put("/" + name, new Asset(type, content, "\"" + Integer.toHexString(Arrays.hashCode(content)) + "\""));
    }

    /** A file that lies beside this class, which must be there. */
    static byte[] content(String name) {
        try (InputStream file = AssetServlet.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException(name + " is missing beside " + AssetServlet.class.getName());
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same as text. */
    static String text(String name) {
        return new String(content(name), StandardCharsets.UTF_8);
    }

    /** A browser asks each time whether it has them still: one that was served by another version has not. */
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo();
        Asset asset = path == null ? null : ASSETS.get(path);
        if (asset == null) {
            response.sendError(404, "there is no such file");
            return;
        }
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("ETag", asset.tag);
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (asset.tag.equals(request.getHeader("If-None-Match"))) {
            response.setStatus(304);
            return;
        }
        response.setContentType(asset.type);
        response.setContentLength(asset.content.length);
        response.getOutputStream().write(asset.content);
    }
}
