package io.memsession.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

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

    @Test
    void theManagerSeesOfTheEngineWhatThePageSays() throws IOException {
        Map<String, Set<String>> found = ArchitecturePage.found(new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.memsession.tomcat"));
        assertThat(found).isNotEmpty().isEqualTo(ArchitecturePage.said(found.keySet()));
    }
}
