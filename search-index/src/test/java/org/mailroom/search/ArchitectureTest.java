/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Data flows one way through the packages, and James's server and Lucene stay where they belong. */
@AnalyzeClasses(packages = "org.mailroom", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("org.mailroom.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule CHARSET_KNOWS_NO_OTHER_PACKAGE = noClasses()
            .that()
            .resideInAPackage("..search.charset..")
            .should()
            .dependOnClassesThat(resideInAPackage("org.mailroom..").and(not(resideInAPackage("..search.charset.."))));

    @ArchTest
    static final ArchRule QUERY_KNOWS_NOTHING_BUT_CHARSET = noClasses()
            .that()
            .resideInAPackage("..search.query..")
            .should()
            .dependOnClassesThat(resideInAPackage("org.mailroom..")
                    .and(not(resideInAPackage("..search.query..")))
                    .and(not(resideInAPackage("..search.charset.."))));

    @ArchTest
    static final ArchRule TEXT_KNOWS_NOTHING_BUT_CHARSET = noClasses()
            .that()
            .resideInAPackage("..search.text..")
            .should()
            .dependOnClassesThat(resideInAPackage("org.mailroom..")
                    .and(not(resideInAPackage("..search.text..")))
                    .and(not(resideInAPackage("..search.charset.."))));

    @ArchTest
    static final ArchRule MATCH_KNOWS_NO_INDEX = noClasses()
            .that()
            .resideInAPackage("..search.match..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..search.index..", "..search.order..");

    @ArchTest
    static final ArchRule ORDER_KNOWS_NO_INDEX = noClasses()
            .that()
            .resideInAPackage("..search.order..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..search.index..", "..search.match..", "..search.query..");

    @ArchTest
    static final ArchRule CONTROL_KNOWS_NOTHING = noClasses()
            .that()
            .resideInAPackage("..search.control..")
            .should()
            .dependOnClassesThat(resideInAPackage("org.mailroom..").and(not(resideInAPackage("..search.control.."))));

    @ArchTest
    static final ArchRule RELEVANCE_KNOWS_NOTHING_BUT_TEXT_AND_CONTROL = noClasses()
            .that()
            .resideInAPackage("..search.relevance..")
            .should()
            .dependOnClassesThat(resideInAPackage("org.mailroom..")
                    .and(not(resideInAPackage("..search.relevance..")))
                    .and(not(resideInAPackage("..search.control..")))
                    .and(not(resideInAPackage("..search.text.."))));

    @ArchTest
    static final ArchRule ONLY_INDEX_AND_RELEVANCE_USE_LUCENE = noClasses()
            .that()
            .resideOutsideOfPackages("..search.index..", "..search.relevance..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.lucene..");

    @ArchTest
    static final ArchRule NOTHING_KNOWS_JAMES_SERVER = noClasses()
            .should()
            .dependOnClassesThat(
                    resideInAPackage("org.apache.james..").and(not(resideInAPackage("org.apache.james.mime4j.."))));
}
