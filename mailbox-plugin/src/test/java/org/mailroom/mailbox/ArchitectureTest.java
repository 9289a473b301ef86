/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.mailroom.search.index.Hits;
import org.mailroom.search.index.RankedHits;
import org.mailroom.search.index.Watermark;

/** Data flows one way through the packages, as their pages say. */
@AnalyzeClasses(packages = "org.mailroom.mailbox", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("org.mailroom.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule EACH_PACKAGE_KNOWS_WHAT_ITS_PAGE_SAYS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("adapter")
            .definedBy("..mailbox.adapter..")
            .layer("admin")
            .definedBy("..mailbox.admin..")
            .layer("attachment")
            .definedBy("..mailbox.attachment..")
            .layer("cluster")
            .definedBy("..mailbox.cluster..")
            .layer("command")
            .definedBy("..mailbox.command..")
            .layer("config")
            .definedBy("..mailbox.config..")
            .layer("health")
            .definedBy("..mailbox.health..")
            .layer("imap")
            .definedBy("..mailbox.imap..")
            .layer("install")
            .definedBy("..mailbox.install..")
            .layer("james")
            .definedBy("..mailbox.james..")
            .layer("metadata")
            .definedBy("..mailbox.metadata..")
            .layer("metrics")
            .definedBy("..mailbox.metrics..")
            .layer("search")
            .definedBy("..mailbox.search..")
            .layer("start")
            .definedBy("..mailbox.start..")
            .layer("sync")
            .definedBy("..mailbox.sync..")
            .layer("webadmin")
            .definedBy("..mailbox.webadmin..")
            .whereLayer("adapter")
            .mayOnlyAccessLayers("config", "james", "search", "sync")
            .whereLayer("admin")
            .mayOnlyAccessLayers("config", "health", "james", "search", "start", "sync")
            .whereLayer("attachment")
            .mayOnlyAccessLayers("config", "health")
            .whereLayer("cluster")
            .mayOnlyAccessLayers("health", "start", "sync")
            .whereLayer("command")
            .mayNotAccessAnyLayer()
            .whereLayer("config")
            .mayNotAccessAnyLayer()
            .whereLayer("health")
            .mayNotAccessAnyLayer()
            .whereLayer("imap")
            .mayOnlyAccessLayers("james", "metadata", "search")
            .whereLayer("install")
            .mayNotAccessAnyLayer()
            .whereLayer("james")
            .mayOnlyAccessLayers("health")
            .whereLayer("metadata")
            .mayNotAccessAnyLayer()
            .whereLayer("metrics")
            .mayOnlyAccessLayers("admin", "cluster", "search", "start", "sync")
            .whereLayer("search")
            .mayNotAccessAnyLayer()
            .whereLayer("start")
            .mayOnlyAccessLayers("config", "install", "sync")
            .whereLayer("sync")
            .mayOnlyAccessLayers("attachment", "config", "health", "james", "search")
            .whereLayer("webadmin")
            .mayOnlyAccessLayers("admin", "search");

    @ArchTest
    static final ArchRule EACH_ROOM_OF_IMAP_KNOWS_THOSE_BEFORE_IT = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("wire")
            .definedBy("..imap.wire..")
            .layer("command")
            .definedBy("..imap.command..")
            .layer("response")
            .definedBy("..imap.response..")
            .layer("selection")
            .definedBy("..imap.selection..")
            .layer("context")
            .definedBy("..imap.context..")
            .layer("search")
            .definedBy("..imap.search..")
            .layer("saved")
            .definedBy("..imap.saved..")
            .whereLayer("wire")
            .mayNotAccessAnyLayer()
            .whereLayer("command")
            .mayOnlyAccessLayers("wire")
            .whereLayer("response")
            .mayOnlyAccessLayers("command")
            .whereLayer("selection")
            .mayNotAccessAnyLayer()
            .whereLayer("context")
            .mayOnlyAccessLayers("command", "response", "selection", "wire")
            .whereLayer("search")
            .mayOnlyAccessLayers("command", "context", "response", "selection", "wire")
            .whereLayer("saved")
            .mayOnlyAccessLayers("context", "selection");

    /** Answers and watermarks are values that pass through. */
    @ArchTest
    static final ArchRule COMMANDS_KNOW_NO_INDEX = noClasses()
            .that()
            .resideInAnyPackage("..mailbox.imap..", "..mailbox.search..", "..mailbox.james..", "..mailbox.attachment..")
            .should()
            .dependOnClassesThat(resideInAPackage("org.mailroom.search.index..")
                    .and(not(belongToAnyOf(Hits.class, RankedHits.class, Watermark.class))));

    @ArchTest
    static final ArchRule ONLY_IMAP_KNOWS_JAMES_IMAP = noClasses()
            .that()
            .resideOutsideOfPackages("..mailbox.imap..", "..mailbox.james..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.james.imap..", "org.apache.james.imapserver..");

    /** The installer runs with nothing but its own JAR. */
    @ArchTest
    static final ArchRule INSTALL_NEEDS_NOTHING_BUT_THE_JDK = noClasses()
            .that()
            .resideInAPackage("..mailbox.install..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("..mailbox.install..", "java..", "javax.xml..", "org.w3c.dom..", "org.xml.sax..");

    /** Lucene has another name in the JAR that is dropped into James. */
    @ArchTest
    static final ArchRule NOTHING_KNOWS_LUCENE = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.lucene..", "org.mailroom.shaded..");
}
