/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailbox.install;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Lists all lines of Mailroom in James's configuration. Immutable. */
public final class MailroomConfiguration {
    private static final String EXTENSIONS = "extensions.properties";
    private static final String MODULES = "guice.extension.module";
    private static final String STARTABLES = "guice.extension.startable";

    private final List<Wanted> wanted;

    private MailroomConfiguration(boolean imapPackagesInsideServers) {
        wanted = List.of(
                always(new ListedClass(
                        EXTENSIONS, "Mailroom's objects", MODULES, "org.mailroom.mailbox.MailroomModule")),
                always(new ListedClass(EXTENSIONS, "folder rules", MODULES, "org.mailroom.mailets.MailetsModule")),
                always(new ImapPackages(imapPackagesInsideServers)),
                always(new Listener("index kept up to date by events", "org.mailroom.mailbox.sync.IndexingListener")),
                always(new ListedClass(
                        "healthcheck.properties",
                        "health check",
                        "additional.healthchecks",
                        "org.mailroom.mailbox.health.SearchIndexHealthCheck")),
                // not missed: other levels may show what Mailroom logs, too
                new Wanted(new LogLevel(), rules -> false),
                forRules("delivery", new RulesAtDelivery()),
                forRules(
                        "append|move|flag",
                        new Listener(
                                "folder rules on append, move and flag", "org.mailroom.mailets.FolderRulesListener")),
                forRules(
                        "schedule",
                        new ListedClass(
                                EXTENSIONS,
                                "folder rules on schedule",
                                STARTABLES,
                                "org.mailroom.mailets.webadmin.ScheduledRules")),
                forRules(
                        "append|move|flag|schedule|demand",
                        new ListedClass(
                                EXTENSIONS,
                                "interrupted rule runs resumed at start",
                                STARTABLES,
                                "org.mailroom.mailets.webadmin.UnfinishedRuns")),
                forRules(
                        "schedule|demand",
                        new ListedClass(
                                EXTENSIONS,
                                "rule runs as tasks",
                                "guice.extension.task",
                                "org.mailroom.mailets.webadmin.RuleRunTaskExtension")),
                forRules(
                        "schedule|demand",
                        new ListedClass(
                                "webadmin.properties",
                                "folder rules in webadmin",
                                "extensions.routes",
                                "org.mailroom.mailets.webadmin.FolderRulesRoutes")),
                always(new ListedClass(
                        "webadmin.properties",
                        "searches listed and cancelled in webadmin",
                        "extensions.routes",
                        "org.mailroom.mailbox.webadmin.SearchRoutes")),
                always(new ListedClass(
                        "webadmin.properties",
                        "search indexes in webadmin",
                        "extensions.routes",
                        "org.mailroom.mailbox.webadmin.IndexRoutes")),
                always(new ListedClass(
                        "webadmin.properties",
                        "searches by administrators in webadmin",
                        "extensions.routes",
                        "org.mailroom.mailbox.webadmin.AdminSearchRoutes")),
                // not missed: not everybody wants it
                new Wanted(
                        new ListedClass(
                                "webadmin.properties",
                                "page for administrators in webadmin",
                                "extensions.routes",
                                "org.mailroom.mailbox.webadmin.AdminPageRoutes"),
                        rules -> false),
                always(new ListedClass(
                        EXTENSIONS,
                        "work on indexes as tasks",
                        "guice.extension.task",
                        "org.mailroom.mailbox.webadmin.IndexTaskExtension")));
    }

    /** For James 3.8, which reads {@code <imapPackages>} beside the servers. */
    public static MailroomConfiguration james38() {
        return new MailroomConfiguration(false);
    }

    /** For James 3.9, which reads {@code <imapPackages>} inside each server. */
    public static MailroomConfiguration james39() {
        return new MailroomConfiguration(true);
    }

    /** For the version of James that a text such as "3.9.0" names. */
    public static MailroomConfiguration of(String version) {
        return isJakarta(version) ? james39() : james38();
    }

    /** Whether that version of James wants the JARs for 3.9. */
    static boolean isJakarta(String version) {
        return !version.matches("3\\.[0-8](\\..*)?");
    }

    /** Every edit, in the order in which they are made. */
    public List<ConfigurationEdit> edits() {
        return wanted.stream().map(Wanted::edit).toList();
    }

    /** Those that a James with these folder rules does not do without; {@code rules} is the text of folder-rules.xml. */
    public List<ConfigurationEdit> needed(String rules) {
        return wanted.stream()
                .filter(each -> each.isNeeded().test(rules))
                .map(Wanted::edit)
                .toList();
    }

    private record Wanted(ConfigurationEdit edit, Predicate<String> isNeeded) {}

    private static Wanted always(ConfigurationEdit edit) {
        return new Wanted(edit, rules -> true);
    }

    /** Needed where a rule acts on one of the occasions, given as a regular expression. */
    private static Wanted forRules(String occasions, ConfigurationEdit edit) {
        Pattern on = Pattern.compile("<rule\\s[^<>]*\\bon\\s*=\\s*[\"'][^\"'<>]*\\b(" + occasions + ")\\b");
        return new Wanted(edit, rules -> on.matcher(withoutComments(rules)).find());
    }

    private static String withoutComments(String xml) {
        return Pattern.compile("<!--.*?-->", Pattern.DOTALL).matcher(xml).replaceAll("");
    }
}
