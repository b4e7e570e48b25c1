package io.memsession.store;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The direction of dependence, as docs/architecture.md tells it. */
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

    /** The JDK's thread for these keeps the class loader of the web application that needed it first. */
    @Test
    void noFutureHasATimeoutOfItsOwn() {
        noClasses()
                .should()
                .callMethodWhere(target(name("orTimeout"))
                        .or(target(name("completeOnTimeout")))
                        .or(target(name("delayedExecutor"))))
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

    @Test
    void onlyConfigExceptionIsSeenOfTheEngineByItsLine() {
        Set<String> seen = ENGINE.stream()
                .filter(each -> each.getPackageName().equals("io.memsession.store.line"))
                .flatMap(each -> each.getDirectDependenciesFromSelf().stream())
                .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                .filter(target -> target.getPackageName().equals("io.memsession.store"))
                .map(JavaClass::getSimpleName)
                .collect(Collectors.toSet());
        assertThat(seen).containsExactly("ConfigException");
    }

    @Test
    void packagesSeeOfEachOtherWhatThePageSays() throws IOException {
        Map<String, Set<String>> found = ArchitecturePage.found(ENGINE);
        assertThat(found).hasSizeGreaterThan(1).isEqualTo(ArchitecturePage.said(found.keySet()));
    }

    @Test
    void thePublicTypesAreThoseOfThePage() throws IOException {
        Set<String> types = ENGINE.stream()
                .filter(each -> each.isTopLevelClass() && each.getModifiers().contains(JavaModifier.PUBLIC))
                .map(each -> each.getName().substring("io.memsession.store.".length()))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(types).isEqualTo(ArchitecturePage.types());
    }
}
