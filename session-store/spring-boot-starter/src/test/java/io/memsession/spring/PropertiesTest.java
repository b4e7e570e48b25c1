package io.memsession.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.memsession.store.SessionStore;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.session.autoconfigure.SessionAutoConfiguration;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

/** Values that cannot be used: what Boot shows names the property, and what to write instead. */
class PropertiesTest {
    private static final AutoConfigurations ALL =
            AutoConfigurations.of(MemsessionAutoConfiguration.class, SessionAutoConfiguration.class);
    private static final String NODES = "memsession.nodes=n1:127.0.0.1:1,n2:127.0.0.1:2";

    private final WebApplicationContextRunner runner =
            new WebApplicationContextRunner().withConfiguration(ALL).withPropertyValues(NODES);

    private static FailureAnalysis analysis(Throwable failure) {
        return SpringFactoriesLoader.forDefaultResourceLocation()
                .load(FailureAnalyzer.class, null, FailureHandler.handleMessage((message, error) -> {}))
                .stream()
                .map(analyzer -> analyzer.analyze(failure))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing is told of it", failure));
    }

    private static void assertTold(Throwable failure, String property) {
        assertThat(failure).as("the start's failure").isNotNull();
        FailureAnalysis analysis = analysis(failure);
        assertThat(analysis.getDescription()).startsWith(property + ": ");
        assertThat(analysis.getAction()).contains(property + "=");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "memsession.enabled | ture",
                "memsession.nodes | localhost",
                "memsession.nodes | ''",
                "memsession.nodes | ','",
                "memsession.nodes | n1:a:1,n1:b:2",
                "memsession.nodes | n1:a:1,n2:a:1",
                "memsession.nodes | n1:a:99999",
                "memsession.nodes | embedded,n2:b:1",
                "memsession.nodes | n1:redis://a",
                "memsession.nodes | n1:redis://a:6379,n2:redis://b:6379", // without the dependency that speaks to them
                "memsession.key-prefix | a b",
                "memsession.key-prefix | memsession",
                "memsession.operation-timeout | soon",
                "memsession.operation-timeout | 0ms",
                "memsession.operation-timeout | -1s",
                "memsession.operation-timeout | 1h",
                "memsession.access-precision | fine",
                "memsession.access-precision | -1s",
                "memsession.access-precision | 31m",
                "memsession.protocol | redis",
                "memsession.max-record-size | large",
                "memsession.max-record-size | 10B",
                "memsession.max-record-size | -1MB",
                "memsession.when-unavailable | ignore",
                "memsession.flush-mode | later",
                "memsession.save-mode | sometimes",
                "memsession.jvm-route | a.b",
                "memsession.jvm-route | a b",
                "memsession.max-lifetime | long",
                "memsession.max-lifetime | 0",
                "memsession.max-lifetime | -1h",
                "memsession.new-session-timeout | short",
                "memsession.new-session-timeout | 0",
                "memsession.no-touch.paths | /a/{",
                "memsession.no-touch.paths | poll/**",
                "memsession.no-touch.headers | X Poll",
                "memsession.no-touch.headers | X-Poll:",
                "memsession.ignored-paths | /a/**/b/{",
                "memsession.ignored-paths | *.css",
                "memsession.class-filter | maxdepth=deep",
                "memsession.granularity | object",
                "memsession.compression-threshold | small",
                "memsession.compression-threshold | -1B",
                "memsession.username | shop",
                "memsession.password | hidden",
                "memsession.ssl.enabled | perhaps",
                "memsession.ssl.bundle | missing",
                "memsession.encryption.keys | ''",
                "memsession.encryption.keys | secret",
                "memsession.encryption.keys | k1:c2hvcnQ=",
                "memsession.encryption.keys | file:/no/such/file",
                "memsession.encryption.reads-plain | perhaps",
                "memsession.encryption.reads-plain | true"
            })
    void aValueThatCannotBeUsedIsToldWithItsPropertyAndARemedy(String property, String value) {
        runner.withPropertyValues(property + "=" + value)
                .run(context -> assertTold(context.getStartupFailure(), property));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "memsession.flush-mode=immediate",
                "memsession.jvm-route=app1",
                "memsession.no-touch.paths=/poll",
                "memsession.no-touch.headers=X-Poll",
                "memsession.ignored-paths=/assets/**"
            })
    void statement29WhatAReactiveApplicationCannotHaveIsToldToo(String setting) {
        new ReactiveWebApplicationContextRunner()
                .withConfiguration(ALL)
                .withBean(ServerProperties.class)
                .withPropertyValues(NODES, setting)
                .run(context -> assertTold(context.getStartupFailure(), setting.substring(0, setting.indexOf('='))));
    }

    @Test
    void anEmptyValueIsNoneWhereNothingHasToBeSaid() {
        String[] empty = Metadata.properties().keySet().stream()
                .filter(name -> !name.equals("memsession.nodes") && !name.equals("memsession.encryption.keys"))
                .map(name -> name + "=")
                .toArray(String[]::new);
        assertThat(empty).hasSizeGreaterThan(15);
        runner.withPropertyValues(empty)
                .withPropertyValues("spring.application.name=shop")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(SessionStore.class).config().keyPrefix())
                            .isEqualTo("shop");
                });
    }

    @Test
    void aKeyIsNotShownWithWhatIsWrongWithIt() {
        runner.withPropertyValues("memsession.encryption.keys=k1:c2VjcmV0LWtleQ==")
                .run(context -> {
                    FailureAnalysis analysis = analysis(context.getStartupFailure());
                    assertThat(analysis.getDescription() + analysis.getAction()).doesNotContain("c2VjcmV0");
                });
    }

    @Test
    void anotherLibrarysPropertyIsLeftToBoot() {
        runner.withPropertyValues("spring.session.timeout=soon").run(context -> {
            FailureAnalysis analysis = analysis(context.getStartupFailure());
            assertThat(analysis.getDescription())
                    .contains("spring.session.timeout")
                    .doesNotStartWith("spring");
        });
    }

    @Test
    void everyPropertyHasARemedyThatNamesIt() {
        assertThat(Metadata.properties().keySet())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(Remedies.of(name)).contains(name + "="));
    }

    @Test
    void everyPropertyIsTriedHere() throws NoSuchMethodException {
        String[] cases = PropertiesTest.class
                .getDeclaredMethod("aValueThatCannotBeUsedIsToldWithItsPropertyAndARemedy", String.class, String.class)
                .getAnnotation(CsvSource.class)
                .value();
        List<String> tried = Stream.of(cases)
                .map(each -> each.substring(0, each.indexOf('|')).strip())
                .toList();
        assertThat(tried).containsAll(Metadata.properties().keySet());
    }
}
