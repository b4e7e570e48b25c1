package io.memsession.store;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The direction of dependence. */
class ArchitectureTest {
    private static final JavaClasses ENGINE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.memsession.store");

    @Test
    void theEngineKnowsNoHost() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "jakarta.servlet..", "javax.servlet..", "org.springframework..", "org.apache.catalina..")
                .check(ENGINE);
    }

    @Test
    void onlyTheSpyPackageSeesSpymemcached() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.memsession.store.spy..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("net.spy..")
                .check(ENGINE);
    }

    @Test
    void onlyTheKryoPackageSeesKryo() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.memsession.store.kryo..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.esotericsoftware..", "org.objenesis..")
                .check(ENGINE);
    }

    @Test
    void theProtocolKnowsNeitherNodesNorCodecOfAKind() {
        noClasses()
                .that()
                .resideInAPackage("io.memsession.store")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.memsession.store.spy..", "io.memsession.store.kryo..")
                .check(ENGINE);
    }

    @Test
    void nobodyOutsideExtendsAClassOfTheEngine() {
        classes()
                .that()
                .arePublic()
                .and()
                .areNotInterfaces()
                .and()
                .areNotEnums()
                .should()
                .haveModifier(JavaModifier.FINAL)
                .check(ENGINE);
    }
}
