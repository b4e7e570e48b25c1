package io.memsession.e2e;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** What shows, when a test fails, why it failed and how the logs of the servers that it was about end. */
final class LogsOnFailure implements InvocationInterceptor {
    private static final int LINES = 25;

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> called, ExtensionContext context)
            throws Throwable {
        proceed(invocation, called, context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> called, ExtensionContext context)
            throws Throwable {
        proceed(invocation, called, context);
    }

    private static void proceed(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> called, ExtensionContext context)
            throws Throwable {
        try {
            invocation.proceed();
            Compatibility.note(context, false);
        } catch (Throwable failure) {
            Compatibility.note(context, true);
            System.out.printf("FAILED: %s, %s%n", called.getExecutable().getName(), context.getDisplayName());
            System.out.println(trace(failure));
            List<Object> about = called.getArguments();
            Clusters.started().stream()
                    .filter(cluster -> about.isEmpty() || about.contains(cluster.host()))
                    .forEach(LogsOnFailure::print);
            throw failure;
        }
    }

    private static String trace(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    private static void print(Cluster cluster) {
        for (ServerProcess process : cluster.all()) {
            System.out.printf(
                    "---- %s of %s, %s%n", process, cluster.host(), process.isRunning() ? "running" : "not running");
            process.logs().forEach(log -> System.out.printf("-- %s%n%s%n", log, ServerProcess.lastLines(log, LINES)));
        }
    }
}
