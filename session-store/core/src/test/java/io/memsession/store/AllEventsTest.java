package io.memsession.store;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.reflect.Method;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AllEventsTest {
    @Test
    void passesEveryEventOn() {
        Arrays.stream(StoreEvents.class.getDeclaredMethods())
                .filter(Method::isDefault)
                .forEach(event -> assertThatCode(
                                () -> AllEvents.class.getDeclaredMethod(event.getName(), event.getParameterTypes()))
                        .as(event.getName())
                        .doesNotThrowAnyException());
    }
}
