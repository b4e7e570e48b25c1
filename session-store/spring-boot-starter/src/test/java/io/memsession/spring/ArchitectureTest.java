package io.memsession.spring;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.memsession.store.ArchitecturePage;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The direction of dependence. */
class ArchitectureTest {
    private static final JavaClasses STARTER = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.memsession.spring");

    @Test
    void theStarterKnowsTheEngineButNotWhatItIsMadeOf() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "net.spy..",
                        "io.lettuce..",
                        "com.esotericsoftware..",
                        "org.apache.catalina..",
                        "io.memsession.tomcat..")
                .check(STARTER);
    }

    @Test
    void itSeesOfOtherPackagesWhatThePageSays() throws IOException {
        Map<String, Set<String>> found = ArchitecturePage.found(STARTER);
        assertThat(found).isNotEmpty().isEqualTo(ArchitecturePage.said(found.keySet()));
    }
}
