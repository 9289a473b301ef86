/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The server runs the plugin as everybody does: from extensions-jars/, never from its class path. */
@AnalyzeClasses(packages = "org.mailroom.server", importOptions = ImportOption.DoNotIncludeTests.class)
class ServerRulesTest {

    @ArchTest
    static final ArchRule SERVER_SHOULD_NOT_USE_THE_PLUGIN = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.mailroom.search..", "org.mailroom.mailbox..", "org.mailroom.mailets..");

    @ArchTest
    static final ArchRule TRIAL_SHOULD_NOT_KNOW_THE_STORES = noClasses()
            .that()
            .resideInAPackage("org.mailroom.server.trial..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.mailroom.server.store..");
}
