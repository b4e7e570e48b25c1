package io.memsession.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How long what is published may be: a file 300 lines, a method 30. What is longer says why, in a comment that begins
 * with the words {@code long because}: for a file at the beginning of a line, for a method within it.
 */
@Tag("servers")
class HouseRulesTest {
    private static final int LINES_OF_A_FILE = 300;
    private static final int LINES_OF_A_METHOD = 30;
    private static final String REASON = "// long because ";
    private static final List<String> PUBLISHED =
            List.of("session-store/core", "session-store/redis", "session-store/spring-boot-starter", "tomcat-valve");

    /** The sources of what is published. */
    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String module : PUBLISHED) {
            try (Stream<Path> files = Files.walk(Path.of("../..", module, "src/main/java"))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
            }
        }
        return sources;
    }

    @Test
    void whatIsLongerThanTheHouseRulesSaysWhy() throws IOException {
        List<Path> sources = sources();
        List<String> unexplained = new ArrayList<>();
        for (Path source : sources) {
            unexplained.addAll(unexplained(source.getFileName().toString(), Files.readString(source)));
        }
        assertThat(sources).hasSizeGreaterThan(200);
        assertThat(unexplained).isEmpty();
    }

    @Test
    void aFileWithoutAReasonIsFoundAndOneWithAReasonIsNot() throws IOException {
        String tooLong = "class A {" + "\n".repeat(LINES_OF_A_FILE) + "}\n";
        assertThat(unexplained("A.java", tooLong)).containsExactly("A.java: 301 lines");
        assertThat(unexplained("A.java", REASON + "it is\n" + tooLong)).isEmpty();
        assertThat(unexplained("A.java", "class A {" + "\n".repeat(LINES_OF_A_FILE - 1) + "}\n"))
                .isEmpty();
    }

    @Test
    void aMethodWithoutAReasonIsFoundAndOneWithAReasonIsNot() throws IOException {
        String begin = "class A {\n/** Said. */\nvoid a(\nint b) {\n";
        String end = "}\nvoid c() {}\n}\n";
        assertThat(unexplained("A.java", begin + "\n".repeat(LINES_OF_A_METHOD - 2) + end))
                .containsExactly("A.java: a has 31 lines");
        assertThat(unexplained("A.java", begin + REASON + "it is" + "\n".repeat(LINES_OF_A_METHOD - 2) + end))
                .isEmpty();
        assertThat(unexplained("A.java", begin + "\n".repeat(LINES_OF_A_METHOD - 3) + end))
                .isEmpty();
    }

    private static List<String> unexplained(String name, String source) throws IOException {
        List<String> unexplained = new ArrayList<>();
        long lines = source.lines().count();
        if (lines > LINES_OF_A_FILE && source.lines().noneMatch(line -> line.startsWith(REASON))) {
            unexplained.add(name + ": " + lines + " lines");
        }
        if (lines > LINES_OF_A_METHOD) {
            new Methods(name, source, unexplained).scan();
        }
        return unexplained;
    }

    /** The methods and constructors of one file. */
    private static final class Methods extends TreePathScanner<Void, Void> {
        private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

        private final String name;
        private final String source;
        private final List<String> unexplained;
        private final JavacTask task;
        private final SourcePositions positions;

        Methods(String name, String source, List<String> unexplained) {
            this.name = name;
            this.source = source;
            this.unexplained = unexplained;
            JavaFileObject file =
                    new SimpleJavaFileObject(URI.create("string:///" + name), JavaFileObject.Kind.SOURCE) {
                        @Override
                        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                            return source;
                        }
                    };
            this.task = (JavacTask) COMPILER.getTask(null, null, null, null, null, List.of(file));
            this.positions = Trees.instance(task).getSourcePositions();
        }

        void scan() throws IOException {
            scan(task.parse(), null);
        }

        @Override
        public Void visitMethod(MethodTree method, Void none) {
            CompilationUnitTree file = getCurrentPath().getCompilationUnit();
            int start = (int) positions.getStartPosition(file, method);
            int end = (int) positions.getEndPosition(file, method);
            if (start >= 0 && end > start) {
                LineMap map = file.getLineMap();
                long lines = map.getLineNumber(end) - map.getLineNumber(start) + 1;
                if (lines > LINES_OF_A_METHOD && !source.substring(start, end).contains(REASON)) {
                    unexplained.add(name + ": " + method.getName() + " has " + lines + " lines");
                }
            }
            return super.visitMethod(method, null);
        }
    }
}
