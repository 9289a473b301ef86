/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What this module may know of others. */
@AnalyzeClasses(packages = "org.mailroom.mailets", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("org.mailroom.(**)").should().beFreeOfCycles();

    /** Lucene has another name in the JAR that is dropped into James. */
    @ArchTest
    static final ArchRule NOTHING_KNOWS_LUCENE = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.lucene..", "org.mailroom.shaded..");

    @ArchTest
    static final ArchRule CONDITIONS_KNOW_NO_STORE = noClasses()
            .that()
            .resideInAPackage("..mailets.conditions..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.mailroom.search.index..", "org.mailroom.mailbox..", "org.apache.james.mailbox..");

    @ArchTest
    static final ArchRule RULES_KNOW_NEITHER_STORE_NOR_MAIL = noClasses()
            .that()
            .resideInAPackage("..mailets.rules..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.mailroom.search.index..",
                    "org.mailroom.mailbox..",
                    "org.apache.james.mailbox..",
                    "org.apache.mailet..",
                    "javax.mail..");

    @ArchTest
    static final ArchRule JOURNALS_KNOW_NO_MAIL = noClasses()
            .that()
            .resideInAPackage("..mailets.journal..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.mailroom.search..", "org.mailroom.mailbox..", "org.apache.james.mailbox..");

    @ArchTest
    static final ArchRule EACH_PACKAGE_KNOWS_WHAT_ITS_PAGE_SAYS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("check")
            .definedBy("..mailets.check..")
            .layer("conditions")
            .definedBy("..mailets.conditions..")
            .layer("delivery")
            .definedBy("..mailets.delivery..")
            .layer("editing")
            .definedBy("..mailets.editing..")
            .layer("events")
            .definedBy("..mailets.events..")
            .layer("explain")
            .definedBy("..mailets.explain..")
            .layer("journal")
            .definedBy("..mailets.journal..")
            .layer("rules")
            .definedBy("..mailets.rules..")
            .layer("runs")
            .definedBy("..mailets.runs..")
            .layer("userrules")
            .definedBy("..mailets.userrules..")
            .layer("webadmin")
            .definedBy("..mailets.webadmin..")
            .whereLayer("check")
            .mayOnlyAccessLayers("journal", "rules", "runs")
            .whereLayer("conditions")
            .mayNotAccessAnyLayer()
            .whereLayer("delivery")
            .mayOnlyAccessLayers("conditions", "rules")
            .whereLayer("editing")
            .mayOnlyAccessLayers("journal", "rules")
            .whereLayer("events")
            .mayOnlyAccessLayers("rules")
            .whereLayer("explain")
            .mayOnlyAccessLayers("check", "rules", "runs")
            .whereLayer("journal")
            .mayNotAccessAnyLayer()
            .whereLayer("rules")
            .mayOnlyAccessLayers("conditions")
            .whereLayer("runs")
            .mayOnlyAccessLayers("journal", "rules")
            .whereLayer("userrules")
            .mayOnlyAccessLayers("rules")
            .whereLayer("webadmin")
            .mayOnlyAccessLayers("check", "editing", "explain", "journal", "rules", "runs");
}
