package io.memsession.tomcat;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.memsession.store.StoreEvents;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StatisticsEventsTest {
    @Test
    void passesEveryEventOn() {
        Arrays.stream(StoreEvents.class.getDeclaredMethods())
                .filter(Method::isDefault)
                .forEach(event -> assertThatCode(
                                () -> Statistics.class.getDeclaredMethod(event.getName(), event.getParameterTypes()))
                        .as(event.getName())
                        .doesNotThrowAnyException());
    }
}
