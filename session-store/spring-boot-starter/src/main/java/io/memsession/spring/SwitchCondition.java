package io.memsession.spring;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Whether {@code memsession.enabled} is on. A text that says neither stops the start: taken for "off", it would leave
 * all sessions in one server's memory, and nobody would be told.
 */
final class SwitchCondition extends SpringBootCondition {
    private static final String PROPERTY = "memsession.enabled";

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        ConditionMessage.Builder message = ConditionMessage.forCondition(PROPERTY);
        return on(context)
                ? ConditionOutcome.match(message.because("it is not off"))
                : ConditionOutcome.noMatch(message.because("it is off"));
    }

    private static boolean on(ConditionContext context) {
        try {
            return context.getEnvironment().getProperty(PROPERTY, Boolean.class, true);
        } catch (ConversionException e) {
            String said = context.getEnvironment().getProperty(PROPERTY);
            throw new PropertyException(PROPERTY, "cannot be used: \"" + said + "\" is neither true nor false");
        }
    }
}
