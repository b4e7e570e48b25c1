package io.memsession.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.memsession.store.MemcachedServer;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.loader.WebappLoader;
import org.apache.catalina.startup.Tomcat;

/** Tomcats on a pair of nodes, and web applications whose classes are compiled on the spot. */
final class Deployments implements AutoCloseable {
    private final Path directory;
    private final Supplier<HttpServlet> servlets;
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Tomcat> tomcats = new ArrayList<>();
    private final MemcachedServer n1 = MemcachedServer.started();
    private final MemcachedServer n2 = MemcachedServer.started();

    /**
     * None yet.
     *
     * @param servlets makes what answers all requests of an application
     */
    Deployments(Path directory, Supplier<HttpServlet> servlets) {
        this.directory = directory;
        this.servlets = servlets;
    }

    /** An exploded web application with these classes of the package {@code shop}, by their names. */
    Path application(String name, Map<String, String> sources) throws IOException {
        Path classes = Files.createDirectories(directory.resolve(name).resolve("WEB-INF/classes"));
        List<String> arguments = new ArrayList<>(List.of("-d", classes.toString(), "--release", "17"));
        for (Map.Entry<String, String> each : sources.entrySet()) {
            Path source = directory.resolve(name).resolve(each.getKey() + ".java");
            arguments.add(Files.writeString(source, "package shop; " + each.getValue())
                    .toString());
        }
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(new String[0])))
                .isZero();
        return directory.resolve(name);
    }

    /** Has an application's classes in a jar of {@code WEB-INF/lib} instead. */
    static Path packed(Path application) throws IOException {
        Path classes = application.resolve("WEB-INF/classes/shop");
        Path lib = Files.createDirectories(application.resolve("WEB-INF/lib"));
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(lib.resolve("shop.jar")));
                Stream<Path> files = Files.list(classes)) {
            for (Path file : files.toList()) {
                jar.putNextEntry(new JarEntry("shop/" + file.getFileName()));
                jar.write(Files.readAllBytes(file));
                Files.delete(file);
            }
        }
        return application;
    }

    Tomcat tomcat() throws Exception {
        Tomcat tomcat = new Tomcat();
        tomcats.add(tomcat);
        tomcat.setBaseDir(Files.createTempDirectory(directory, "tomcat").toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.start();
        return tomcat;
    }

    Context deploy(Tomcat tomcat, String path, Path application) {
        return deploy(tomcat, path, application, "");
    }

    /** @param classFilter which classes its sessions may hold beside those of {@code WEB-INF/classes} */
    Context deploy(Tomcat tomcat, String path, Path application, String classFilter) {
        StandardContext context = new StandardContext();
        context.setName(path);
        context.setPath(path);
        context.setDocBase(application.toString());
        context.setLoader(new WebappLoader());
        context.addLifecycleListener(new Tomcat.FixContextListener());
        MemcachedSessionManager manager = new MemcachedSessionManager();
        manager.setMemcachedNodes(n1.address("n1") + "," + n2.address("n2"));
        manager.setSticky(false);
        manager.setClassFilter(classFilter);
        context.setManager(manager);
        Tomcat.addServlet(context, "shop", servlets.get()).addMapping("/*");
        tomcat.getHost().addChild(context);
        assertThat(context.getState().isAvailable()).isTrue();
        return context;
    }

    static void undeploy(Tomcat tomcat, Context context) throws Exception {
        tomcat.getHost().removeChild(context);
        context.destroy();
    }

    HttpResponse<String> get(Tomcat tomcat, String path, String id) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (!id.isEmpty()) {
            request.header("Cookie", "JSESSIONID=" + id);
        }
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    /** A new session, filled by the application's own classes. */
    String filled(Tomcat tomcat, String path) throws Exception {
        String set = get(tomcat, path + "/fill", "")
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow();
        return set.substring(set.indexOf('=') + 1, set.indexOf(';'));
    }

    @Override
    public void close() {
        for (Tomcat tomcat : tomcats) {
            try {
                tomcat.stop();
                tomcat.destroy();
            } catch (LifecycleException e) {
                throw new IllegalStateException(e);
            }
        }
        n1.close();
        n2.close();
    }
}
