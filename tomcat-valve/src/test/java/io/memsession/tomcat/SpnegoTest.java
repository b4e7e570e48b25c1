package io.memsession.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.memsession.store.MemcachedServer;
import java.net.ServerSocket;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.security.PrivilegedExceptionAction;
import java.util.Base64;
import java.util.Map;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import org.apache.catalina.Engine;
import org.apache.catalina.authenticator.SpnegoAuthenticator;
import org.apache.kerby.kerberos.kerb.server.SimpleKdcServer;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.GSSName;
import org.ietf.jgss.Oid;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins with a Kerberos ticket, given out by a key distribution centre in this JVM. */
class SpnegoTest {
    private static final String SERVICE = "HTTP/localhost@EXAMPLE.COM";
    private static final Oid SPNEGO = oid("1.3.6.1.5.5.2");

    @TempDir
    private static Path directory;

    private static SimpleKdcServer centre;

    @AutoClose
    private final MemcachedServer n1 = MemcachedServer.started();

    @AutoClose
    private final MemcachedServer n2 = MemcachedServer.started();

    @BeforeAll
    static void open() throws Exception {
        centre = new SimpleKdcServer();
        centre.setWorkDir(directory.toFile());
        centre.setKdcRealm("EXAMPLE.COM");
        centre.setKdcHost("localhost");
        centre.setAllowUdp(false);
        try (ServerSocket free = new ServerSocket(0)) {
            centre.setKdcTcpPort(free.getLocalPort());
        }
        centre.init();
        centre.start();
        centre.createPrincipal("ann@EXAMPLE.COM", "secret");
        centre.createPrincipal(SERVICE, "of the servers");
        centre.exportPrincipal(SERVICE, directory.resolve("servers.keytab").toFile());
        Configuration.setConfiguration(new Kerberos());
    }

    @AfterAll
    static void close() throws Exception {
        Configuration.setConfiguration(null);
        System.clearProperty("java.security.krb5.conf");
        System.clearProperty("java.security.auth.login.config"); // Tomcat's authenticator sets it
        centre.stop();
    }

    private static Oid oid(String text) {
        try {
            return new Oid(text);
        } catch (org.ietf.jgss.GSSException e) {
            throw new AssertionError(e);
        }
    }

    /** Servers log in with their key table, ann with her password. */
    private static final class Kerberos extends Configuration {
        @Override
        public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
            Map<String, String> options = name.equals("servers")
                    ? Map.of(
                            "useKeyTab", "true",
                            "keyTab", directory.resolve("servers.keytab").toString(),
                            "principal", SERVICE,
                            "doNotPrompt", "true",
                            "storeKey", "true",
                            "isInitiator", "false")
                    : Map.of();
            return new AppConfigurationEntry[] {
                new AppConfigurationEntry(
                        "com.sun.security.auth.module.Krb5LoginModule",
                        AppConfigurationEntry.LoginModuleControlFlag.REQUIRED,
                        options)
            };
        }
    }

    private AppServer server(boolean sticky, String route) {
        SpnegoAuthenticator authenticator = new SpnegoAuthenticator();
        authenticator.setLoginConfigName("servers");
        return Logins.on(AppServer.on(
                Map.of("sticky", String.valueOf(sticky)),
                context -> {
                    ((Engine) context.getParent().getParent()).setJvmRoute(route);
                    Logins.protect(context, "SPNEGO", authenticator);
                },
                n1,
                n2));
    }

    private static String ticket() throws Exception {
        LoginContext login = new LoginContext("ann", callbacks -> {
            for (Callback each : callbacks) {
                if (each instanceof NameCallback name) {
                    name.setName("ann@EXAMPLE.COM");
                } else if (each instanceof PasswordCallback password) {
                    password.setPassword("secret".toCharArray());
                }
            }
        });
        login.login();
        byte[] token = Subject.doAs(login.getSubject(), (PrivilegedExceptionAction<byte[]>) () -> {
            GSSManager manager = GSSManager.getInstance();
            GSSName service = manager.createName("HTTP@localhost", GSSName.NT_HOSTBASED_SERVICE);
            GSSContext context = manager.createContext(service, SPNEGO, null, GSSContext.DEFAULT_LIFETIME);
            return context.initSecContext(new byte[0], 0, 0);
        });
        return "Negotiate " + Base64.getEncoder().encodeToString(token);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void msmA1WhoShowedATicketToOneServerIsKnownToTheOther(boolean sticky) throws Exception {
        try (AppServer one = server(sticky, "r1");
                AppServer two = server(sticky, "r2")) {
            Visitor ann = new Visitor();
            ann.get(one, "/begin");
            assertThat(ann.send(one, "/secure", HttpRequest.newBuilder()).statusCode())
                    .isEqualTo(401);
            assertThat(ann.send(one, "/secure", HttpRequest.newBuilder().header("Authorization", ticket()))
                            .body())
                    .isEqualTo("GET ann truefalse SPNEGO 0 null");
            for (AppServer server : new AppServer[] {two, one}) {
                assertThat(ann.get(server, "/secure")).isEqualTo("GET ann truefalse SPNEGO 0 null");
            }
        }
    }
}
