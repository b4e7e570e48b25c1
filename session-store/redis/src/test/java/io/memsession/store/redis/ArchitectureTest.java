package io.memsession.store.redis;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.memsession.store.ArchitecturePage;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The direction of dependence, which no Java changes. */
@Tag("servers")
class ArchitectureTest {
    private static final JavaClasses ENGINE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.memsession.store");

    @Test
    void onlyTheRedisPackageSeesLettuceAndNobodySeesTheRedisPackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.memsession.store.redis..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.lettuce..", "io.netty..", "reactor..", "io.memsession.store.redis..")
                .check(ENGINE);
    }

    @Test
    void redisKnowsNoOtherKindOfNodeAndNoCodec() {
        noClasses()
                .that()
                .resideInAPackage("io.memsession.store.redis..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("net.spy..", "io.memsession.store.spy..", "io.memsession.store.kryo..")
                .check(ENGINE);
    }

    @Test
    void itSeesOfOtherPackagesWhatThePageSays() throws IOException {
        Map<String, Set<String>> found = ArchitecturePage.found(ENGINE);
        found.keySet().retainAll(Set.of("io.memsession.store.redis"));
        assertThat(found).isNotEmpty().isEqualTo(ArchitecturePage.said(found.keySet()));
    }
}
