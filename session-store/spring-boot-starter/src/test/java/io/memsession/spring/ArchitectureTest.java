package io.memsession.spring;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The direction of dependence. */
class ArchitectureTest {

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
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("io.memsession.spring"));
    }
}
