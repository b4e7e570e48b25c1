package io.memsession.store.cli;

import io.memsession.store.ConfigException;
import io.memsession.store.Inspection;
import io.memsession.store.NodeConnector;
import io.memsession.store.NodesByAddress;
import io.memsession.store.StoreConfig;
import io.memsession.store.spy.SpyNodes;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;

/**
 * The command line of the jar: {@code check} says how the nodes are, {@code show} what they keep of a session. Exits
 * with 0 if all is well, with 1 if something is not, and with 2 if the command cannot be understood. Changes nothing.
 */
public final class Main {
    static final int WELL = 0;
    static final int NOT_WELL = 1;
    static final int MISUSED = 2;

    private static final String USAGE = """
            usage: java -jar memsession-tomcat-<version>.jar check --nodes n1:host1:11211,n2:host2:11211 [options]
                   java -jar memsession-tomcat-<version>.jar show --nodes n1:host1:11211,n2:host2:11211 [options] <session id>

            check   how each node is: 0 if all are well, 1 if not
            show    what the nodes keep of a session, without values: 0 if each of its homes keeps the same live record

              --nodes            the nodes, as in memcachedNodes or memsession.nodes, in the same order
              --prefix           what stands before the session ids in keys; without it the nodes list their keys
              --protocol         binary (the default) or text
              --timeout          how long a node may take to answer, in ms; 1000 unless given
              --max-record-size  the setting to compare with what a node takes, in bytes; 1000000 unless given
              --username         who asks, for nodes that want to know
              --password-file    a file with the password that goes with it
              --tls              speaks TLS, and trusts the certificates in this file: in PEM, or a key store; jvm: those
                                 that the JVM trusts
              --tls-password-file  a file with that key store's password, if it has one
            """;

    private Main() {}

    /** Runs a command and exits with what it says. */
    public static void main(String... arguments) {
        System.exit(run(System.out, System.err, arguments));
    }

    static int run(PrintStream out, PrintStream err, String... arguments) {
        if (arguments.length == 0 || List.of("help", "--help", "-h").contains(arguments[0])) {
            out.print(USAGE);
            return arguments.length == 0 ? MISUSED : WELL;
        }
        try {
            Options options = Options.of(Arrays.asList(arguments).subList(1, arguments.length));
            return switch (arguments[0]) {
                case "check" -> check(options.withoutOperand("check"), out);
                case "show" -> show(options, out);
                default ->
                    throw new ConfigException("there is no command " + arguments[0] + "; there are check and show");
            };
        } catch (ConfigException e) {
            err.println(e.getMessage());
            return MISUSED;
        }
    }

    private static int check(Options options, PrintStream out) {
        try (Inspection inspection = open(options)) {
            return new NodeReport(inspection, options, out).print(prefixes(inspection, options));
        }
    }

    private static int show(Options options, PrintStream out) {
        String id = options.operand("show wants a session id behind the options");
        try (Inspection inspection = open(options)) {
            return new SessionReport(inspection, out).print(prefixes(inspection, options), id);
        }
    }

    private static List<String> prefixes(Inspection inspection, Options options) {
        String given = options.keyPrefix();
        return given == null ? inspection.keyPrefixes() : List.of(given);
    }

    private static Inspection open(Options options) {
        StoreConfig unused = StoreConfig.of(options.nodes(), "").withLine(options.line()); // refuses what cannot be
        SpyNodes memcacheds = new SpyNodes(
                options.protocol(), options.timeout(), options.maxRecordSize(), InstantSource.system(), options.line());
        NodeConnector connector =
                NodesByAddress.of(options.nodes(), memcacheds, options.timeout(), options.maxRecordSize());
        return Inspection.open(options.nodes(), connector, options.timeout());
    }
}
