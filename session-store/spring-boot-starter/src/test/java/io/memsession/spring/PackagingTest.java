package io.memsession.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeHint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.session.autoconfigure.SessionAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.core.io.support.SpringFactoriesLoader;

/** Statements 65, 66 and 68: what a module of Spring Session has to be besides its repository. */
class PackagingTest {

    /** Something in a session. */
    public static final class Parcel implements Serializable {
        private static final long serialVersionUID = 1;
    }

    /** Loads that class anew, as Boot's developer tools do with an application's classes after each change. */
    private static final class Restarted extends ClassLoader {
        Restarted(ClassLoader parent) {
            super(parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.equals(Parcel.class.getName())) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? defined(name) : loaded;
        }

        private Class<?> defined(String name) {
            try (InputStream in = Objects.requireNonNull(getResourceAsStream(name.replace('.', '/') + ".class"))) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void statement65AttributesAreOfTheClassesThatTheApplicationHasNow() {
        Restarted now = new Restarted(getClass().getClassLoader());
        new WebApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(MemsessionAutoConfiguration.class, SessionAutoConfiguration.class))
                .withPropertyValues("memsession.nodes=embedded", "memsession.class-filter=io.memsession.**")
                .withClassLoader(now)
                .run(context -> {
                    MemcachedSessionRepository sessions = context.getBean(MemcachedSessionRepository.class);
                    MemcachedSession session = sessions.createSession();
                    session.setAttribute(
                            "parcel",
                            now.loadClass(Parcel.class.getName())
                                    .getConstructor()
                                    .newInstance());
                    sessions.save(session);
                    Object found = Objects.requireNonNull(sessions.findById(session.getId()))
                            .getRequiredAttribute("parcel");
                    assertThat(found.getClass().getClassLoader()).isSameAs(now);
                });
    }

    @Test
    void statement66HintsNameClassesThatAreThere() {
        RuntimeHints hints = new RuntimeHints();
        SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories")
                .load(RuntimeHintsRegistrar.class)
                .stream()
                .filter(MemsessionRuntimeHints.class::isInstance)
                .forEach(each -> each.registerHints(hints, getClass().getClassLoader()));
        assertThat(hints.reflection().typeHints().map(TypeHint::getType))
                .hasSizeGreaterThan(5)
                .allSatisfy(type -> assertThat(Class.forName(type.getName())).isNotNull());
    }

    @Test
    void statement68ThePackageSaysWhatMayBeNull() {
        assertThat(MemcachedSessionRepository.class.getPackage().isAnnotationPresent(NullMarked.class))
                .isTrue();
    }
}
