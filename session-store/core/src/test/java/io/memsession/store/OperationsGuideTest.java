package io.memsession.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every line that the engine logs is explained in {@code docs/operations.md}, as it is. */
class OperationsGuideTest {
    private static final Path GUIDE = Path.of("..", "..", "docs", "operations.md");
    private static final Pattern LINE = Pattern.compile("`([^`]+)`");

    /** Events that are figures, and make no line. */
    private static final Set<String> SILENT = Set.of(
            "loaded", "saved", "conflict", "repairBegun", "created", "ended", "expired", "nodeCounted", "refused");

    private final List<String> lines = new ArrayList<>();

    private final System.Logger logger = new System.Logger() {
        @Override
        public String getName() {
            return "lines";
        }

        @Override
        public boolean isLoggable(Level level) {
            return true;
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String line, Throwable thrown) {
            lines.add(line);
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String line, Object... none) {
            lines.add(line);
        }
    };

    private static List<Pattern> explained() throws IOException {
        return Files.readAllLines(GUIDE).stream()
                .filter(row -> row.startsWith("| "))
                .map(row -> row.substring(0, row.indexOf(" | ", 2)))
                .flatMap(cell -> LINE.matcher(cell).results())
                .map(result -> result.group(1))
                .map(OperationsGuideTest::pattern)
                .toList();
    }

    private static Pattern pattern(String line) {
        return Pattern.compile(
                Arrays.stream(line.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }

    /** What each event logs, told with some sense of what it is about. */
    private void tellAll(StoreLog log) throws ReflectiveOperationException {
        for (Method event : StoreEvents.class.getMethods()) {
            if (!Modifier.isStatic(event.getModifiers()) && !SILENT.contains(event.getName())) {
                int before = lines.size();
                Object[] arguments = Arrays.stream(event.getParameterTypes())
                        .map(OperationsGuideTest::something)
                        .toArray();
                event.invoke(log, arguments);
                assertThat(lines.size()).as(event.getName()).isGreaterThan(before);
            }
        }
    }

    private static Object something(Class<?> type) {
        if (type == String.class) {
            return "n1";
        } else if (type == boolean.class) {
            return true;
        } else if (type == int.class) {
            return 7;
        } else if (type == long.class) {
            return 7L;
        } else if (type == Duration.class) {
            return Duration.ofSeconds(30);
        } else if (type == List.class) {
            return List.of("n1");
        } else if (type == SessionId.class) {
            return SessionId.unrouted("0123456789ABCDEF").orElseThrow();
        } else if (type == AttributeCodecException.class) {
            return new AttributeCodecException("no reason", null);
        } else if (type == CorruptRecordException.class) {
            return new CorruptRecordException("no reason");
        }
        return new IllegalStateException("no reason");
    }

    @Test
    void explainsEveryLineOfTheEngine() throws Exception {
        tellAll(new StoreLog(logger, 1));
        tellAll(new StoreLog(logger, 2));
        tellAll(new StoreLog(logger, 3));
        StoreLog log = new StoreLog(logger, 2);
        log.nodeUp("n1", "host");
        log.nodeComplete("n1", false);
        log.clockDiffers(Duration.ofDays(-2), false);
        List<Pattern> explained = explained();
        assertThat(lines)
                .isNotEmpty()
                .allSatisfy(line -> assertThat(explained)
                        .as(line)
                        .anyMatch(each -> each.matcher(line).find()));
    }
}
