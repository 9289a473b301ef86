/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What this module may know of others. */
@AnalyzeClasses(packages = "org.mailroom.mailets", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

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
}
