/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.server.harness.Browser;
import org.mailroom.server.harness.ImapConnection;
import org.mailroom.server.harness.JamesProcess;
import org.mailroom.server.trial.Trial;
import org.openqa.selenium.Keys;

/**
 * The page for administrators in a browser, against a James that wants a token: what somebody does who has never seen it, one
 * thing after the other. Pictures of what it looks like are in {@code target/admin-page}; of all views in nightly builds.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AdminPageIT {
    private static final Path PICTURES = Path.of("target", "admin-page");
    private static final List<String> VIEWS =
            List.of("overview", "users", "searches", "tasks", "mail", "rules", "runs", "why");
    private static final String REASON = "ticket 4711";
    private static final String HOSTILE = "<img src=x onerror=window.hacked=1>";

    private JamesProcess james;
    private Optional<Browser> started = Optional.empty();
    private String token;

    @BeforeAll
    void start(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory, @TempDir Path profile) throws Exception {
        Path conf = Files.createDirectories(directory.resolve("conf"));
        token = authenticate(conf);
        Files.writeString(
                conf.resolve("folder-rules.xml"),
                """
                <folder-rules>
                  <rule name="Invoices" on="demand">
                    <when>SUBJECT invoice</when>
                    <actions><fileInto create="true">Money</fileInto></actions>
                  </rule>
                  <rule name="&lt;b&gt;Bold&lt;/b&gt;" on="demand">
                    <when>SUBJECT nothing</when>
                    <actions><addFlag>Bold</addFlag></actions>
                  </rule>
                </folder-rules>
                """);
        james = JamesProcess.in(directory.resolve(".")).memory().start();
        started = Browser.start(profile);
        try (ImapConnection alice = james.imap(Trial.ALICE)) {
            alice.command("CREATE \"" + HOSTILE + "\"").orFail();
            append(alice, "INBOX", "Invoice of May", "Please pay the in-\r\nvoice within our office hours.");
            append(alice, "INBOX", HOSTILE, "See " + HOSTILE + "<script>window.hacked=1</script> here.");
            append(alice, HOSTILE, "Lunch", "Zanzibar at noon?");
            alice.select("INBOX").uidSearch("BODY zanzibar");
            alice.select("\"" + HOSTILE + "\"").uidSearch("BODY zanzibar");
        }
    }

    @AfterAll
    void stop() {
        started.ifPresent(Browser::close);
        james.close();
    }

    /** Has James want a token, and makes one that it accepts. */
    private static String authenticate(Path conf) throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair keys = generator.generateKeyPair();
        Files.writeString(
                conf.resolve("jwt_publickey"),
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                .encodeToString(keys.getPublic().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");
        String webadmin = Files.readString(JamesProcess.layout().resolve("conf").resolve("webadmin.properties"));
        Files.writeString(
                conf.resolve("webadmin.properties"),
                webadmin.replace("port=8000", "port=${sys:mailroom.port.8000}")
                        .replace(
                                "jwt.enabled=false",
                                "jwt.enabled=true\njwt.publickeypem.url=file://conf/jwt_publickey"));

        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String unsigned = base64.encodeToString("{\"alg\":\"RS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8))
                + "."
                + base64.encodeToString("{\"sub\":\"ada@localhost\",\"admin\":true}".getBytes(StandardCharsets.UTF_8));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(keys.getPrivate());
        signature.update(unsigned.getBytes(StandardCharsets.UTF_8));
        return unsigned + "." + base64.encodeToString(signature.sign());
    }

    private static void append(ImapConnection imap, String mailbox, String subject, String text) throws IOException {
        imap.append(
                        "\"" + mailbox + "\"",
                        ("From: Bob <bob@example.org>\r\nSubject: " + subject + "\r\n\r\n" + text + "\r\n")
                                .getBytes(StandardCharsets.US_ASCII),
                        "")
                .orFail();
    }

    private Browser browser() {
        assumeTrue(
                started.isPresent(),
                "The page is not tested: there is no Chromium with its driver on PATH. Get it with: "
                        + Browser.INSTALL);
        return started.get();
    }

    private String page() {
        return "http://127.0.0.1:" + james.ports().webadmin() + "/mailroom/";
    }

    private int status(String method, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(page()).resolve(path))
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** What {@code docs/openapi.yaml} describes, with {@code x} for each parameter. */
    private static List<String> routes(boolean open) throws IOException {
        List<String> routes = new ArrayList<>();
        String path = "";
        String method = "";
        for (String line : Files.readAllLines(Path.of("..", "docs", "openapi.yaml"))) {
            if (line.matches("  /.*:")) {
                path = line.strip().replaceAll(":$", "").replaceAll("\\{[a-z]+}", "x");
            } else if (line.matches("    (get|post|put|delete|patch):")) {
                method = line.strip().replace(":", "").toUpperCase(java.util.Locale.ROOT);
                routes.add(method + " " + path);
            } else if (line.equals("      security: []")) {
                routes.remove(method + " " + path);
                if (open) {
                    routes.add(method + " " + path + " open");
                }
            }
        }
        routes.removeIf(route -> route.endsWith(" open") != open);
        return routes;
    }

    @Test
    @Order(1)
    void everyRouteButThePageWantsAToken() throws Exception {
        assertThat(routes(false))
                .hasSizeGreaterThanOrEqualTo(20)
                .contains("POST /mailroom/explain", "GET /folderRules");
        for (String route : routes(false)) {
            String[] words = route.split(" ");
            assertThat(status(words[0], words[1])).as(route).isEqualTo(401);
        }
        assertThat(routes(true)).contains("GET /mailroom/ open");
        for (String route : routes(true)) {
            assertThat(status("GET", route.split(" ")[1])).as(route).isNotEqualTo(401);
        }
    }

    @Test
    @Order(2)
    void somebodySignsInAndTheTokenIsInNoAddress() throws Exception {
        Browser browser = browser();
        browser.open(page());
        browser.awaitText("This James wants to know who you are");
        browser.picture(PICTURES.resolve("sign-in.png"));
        browser.type("main", "Token", "a.wrong.token");
        browser.press("Sign in");
        browser.awaitText("The server does not accept this token");

        browser.write("input[type=password]", token);
        browser.press("Sign in");
        browser.awaitText("James is", "Searches running", "Indexes on disk");

        assertThat(browser.address()).doesNotContain(token.substring(0, 20));
        assertThat(browser.script("return performance.getEntriesByType('resource').map(each => each.name).join(' ')")
                        .toString())
                .contains("/mailroom/searches")
                .doesNotContain(token.substring(0, 20));
        assertThat(browser.script("return `${localStorage.length} ${sessionStorage.getItem('mailroom-token')}`"))
                .isEqualTo("0 null");
    }

    @Test
    @Order(3)
    void healthAndLoadAreSeenAtAGlance() {
        Browser browser = browser();
        browser.awaitText("Health", "Load", "Searches a minute", "Changes waiting to be indexed");
        assertThat(browser.count("figure canvas")).isEqualTo(6);
        assertThat(browser.title()).isEqualTo("Overview – Mailroom");
    }

    @Test
    @Order(4)
    void usersAreFoundAndTheirMailboxesShown() {
        Browser browser = browser();
        browser.follow("Users");
        browser.awaitText(Trial.ALICE, Trial.BOB);
        browser.press("Measure the lag");
        browser.awaitText("up to date");
        browser.type("main", "Find a user", "ali");
        browser.follow(Trial.ALICE);
        browser.awaitText("Mailboxes", "INBOX", HOSTILE, "up to date");

        browser.press("Verify");
        browser.awaitText("The task verify has begun");
        browser.follow("see how it goes");
        browser.awaitText("completed", "differences");
    }

    @Test
    @Order(5)
    void mailIsFoundForAReasonAndTheSearchExplained() throws Exception {
        Browser browser = browser();
        browser.follow("Find mail");
        String search = "form[aria-label=Search]";
        browser.type(search, "User", Trial.ALICE);
        browser.type(search, "Search", "BODY \"office hours\"");
        browser.press(search, "Search");
        assertThat(browser.text()).doesNotContain("messages found", "message found");

        browser.type(search, "Reason", REASON);
        browser.press(search, "Search");
        browser.awaitText("1 message found");
        assertThat(browser.text()).doesNotContain("Invoice of May");
        browser.press("section", "Explain");
        browser.awaitText("The search finds this message.", "please pay the", "office hours");
        assertThat(browser.script("return document.querySelector('mark').textContent"))
                .isEqualTo("office hours");

        String explain = "form[aria-label=Explain]";
        browser.type(explain, "Search", "BODY \"office hour\" BODY \"office window\"");
        browser.press(explain, "Explain");
        browser.awaitText("The search does not find this message.", "does not match", "would have to follow");
        browser.picture(PICTURES.resolve("explanation.png"));
        assertThat(Files.readAllLines(james.directory().resolve("logs").resolve("mailroom-audit.log")))
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).contains("ada@localhost", Trial.ALICE, REASON));
    }

    @Test
    @Order(6)
    void whatStrangersWroteStaysText() {
        Browser browser = browser();
        String search = "form[aria-label=Search]";
        browser.type(search, "Search", "TEXT onerror");
        browser.tick(search, "Show From and Subject");
        browser.press(search, "Search");
        browser.awaitText("1 message found", HOSTILE);
        browser.press("section", "Explain");
        browser.awaitText("<img src=x onerror=window.hacked=1><script>window.hacked=1</script>");

        assertThat(browser.count("main img, main script, main b")).isZero();
        assertThat(browser.script("return window.hacked")).isNull();
    }

    @Test
    @Order(7)
    void rulesAreCheckedPlannedAppliedUndoneAndAskedWhy() throws Exception {
        Browser browser = browser();
        browser.follow("Rules");
        browser.awaitText("Invoices", "<b>Bold</b>", "SUBJECT invoice");
        browser.write(
                "textarea",
                """
                <folder-rules>
                  <rule name="Wrong" on="demand">
                    <when>SUBJECT</when>
                    <actions><stop/></actions>
                  </rule>
                </folder-rules>
                """);
        browser.press("Check this text");
        browser.awaitText("One mistake", "Line 3", "<when> is no IMAP search expression");
        assertThat(browser.script("return document.querySelector('.lines .wrong').textContent"))
                .isEqualTo("3");
        browser.picture(PICTURES.resolve("mistake.png"));
        browser.write(
                "textarea",
                "<folder-rules><rule name='Mine' on='demand'><when>SUBJECT invoice</when><actions><stop/></actions></rule></folder-rules>");
        browser.press("Check this text");
        browser.awaitText("The rules are right", "Mine", "1 in INBOX of " + Trial.ALICE);

        browser.follow("Plans and runs");
        browser.tick("form[aria-label='Make a plan']", "Invoices");
        browser.press("main", "Make a plan");
        browser.awaitText("Would change", "1 message", "1 in INBOX of " + Trial.ALICE);
        assertThat(browser.text()).doesNotContain("Invoice of May");
        browser.press("Show From and Subject");
        browser.awaitText("Invoice of May");
        browser.picture(PICTURES.resolve("plan.png"));
        browser.press("Apply");
        browser.press("dialog", "Apply");
        browser.awaitText("completed", "plan applied", "changed");

        browser.follow("Why here?");
        browser.type("main", "User", Trial.ALICE);
        browser.type("main", "Mailbox", "Money");
        browser.type("main", "Uid", "1");
        browser.press("Tell me why");
        browser.awaitText("Because", "Invoices", "INBOX, uid 1", "Money, uid 1");
        browser.picture(PICTURES.resolve("because.png"));

        browser.follow("Plans and runs");
        browser.awaitText("plan applied");
        browser.script("document.querySelector('#runs ~ .table tbody a').click()");
        browser.press("Undo this run");
        browser.press("dialog", "Undo this run");
        browser.awaitText("undo", "completed");
    }

    @Test
    @Order(8)
    void searchesAndTasksAreListed() {
        Browser browser = browser();
        browser.follow("Searches");
        browser.awaitText("No search runs or waits.", "Slow, ended");
        browser.follow("Tasks");
        browser.awaitText("Indexes: verify", "Rules: apply", "Rules: undo", "completed");
        browser.press("Begin for all users");
        browser.awaitText("The task has begun");
    }

    /** Real searches end too soon to be seen: stands in for the server where it is asked about them. */
    @Test
    @Order(8)
    void aSlowSearchIsCancelled() {
        Browser browser = browser();
        browser.script(
                """
                const real = window.fetch;
                const search = {id: '77', user: 'eve@localhost', mailboxId: '1', keys: {TEXT: 2}, state: 'running',
                    since: '2026-12-01T10:00:00Z', workedMillis: 4200, waitedMillis: 0, indexingMillis: 0, terms: 1, documents: 2,
                    messages: 3};
                window.asked = [];
                window.fetch = (address, options) => {
                    const path = new URL(address).pathname;
                    if (!path.startsWith('/mailroom/searches')) {
                        return real(address, options);
                    }
                    window.asked.push(options.method + ' ' + path + ' ' + options.headers.Authorization.substring(0, 7));
                    const ended = window.asked.some((each) => each.startsWith('DELETE'));
                    return Promise.resolve(options.method === 'DELETE' ? new Response(null, {status: 204})
                        : new Response(JSON.stringify(ended ? [] : [search])));
                };
                """);
        show(browser, "searches");
        browser.awaitText("eve@localhost", "TEXT × 2", "4.2 s");
        browser.press("Cancel");
        browser.awaitText("No search runs or waits.", "eve@localhost");
        assertThat(browser.script("return window.asked.join()").toString())
                .contains("DELETE /mailroom/searches/77 Bearer ");
        browser.script("location.reload()");
        browser.awaitText("This James wants to know who you are");
        browser.write("input[type=password]", token);
        browser.press("Sign in");
        browser.awaitText("Slow, ended");
    }

    @Test
    @Order(9)
    void theKeyboardReachesEverything() {
        Browser browser = browser();
        browser.follow("Overview");
        browser.awaitText("James is");
        assertThat(browser.script("return document.activeElement.textContent")).isEqualTo("Overview");
        browser.script("document.querySelector('a, button, input').focus()");
        assertThat(browser.script("return document.activeElement.textContent")).isEqualTo("Skip to the content");
        assertThat(browser.key(Keys.TAB)).isEqualTo("Mailroom");
        assertThat(browser.key(Keys.TAB)).isEqualTo("Overview");
        browser.script("document.querySelector('.skip').focus()");
        browser.key(Keys.ENTER);
        assertThat(browser.script("return document.activeElement.tagName")).isEqualTo("H1");
    }

    @Test
    @Order(10)
    void itFitsOnAPhoneAndPicturesAreTaken() throws Exception {
        Browser browser = browser();
        boolean all = Boolean.getBoolean("mailroom.nightly");
        for (String view : VIEWS) {
            for (String scheme : List.of("light", "dark")) {
                if (all || view.equals("overview")) {
                    browser.screen(scheme, 1280, 900, false);
                    show(browser, view);
                    browser.picture(PICTURES.resolve(view + "-" + scheme + ".png"));
                }
            }
            browser.screen("light", 390, 844, true);
            show(browser, view);
            assertThat(browser.script("return document.documentElement.scrollWidth <= innerWidth"))
                    .as("%s fits on a phone", view)
                    .isEqualTo(true);
            if (all || view.equals("rules")) {
                browser.picture(PICTURES.resolve(view + "-phone.png"));
            }
        }
        browser.screen("light", 1280, 900, false);
    }

    private static void show(Browser browser, String view) {
        browser.script("location.hash = '#/" + view + "'");
        browser.awaitCount("nav a[href='#/" + view + "'][aria-current]", 1);
        browser.awaitCount("h1", 1);
    }

    /** Last, as it makes the console talk: axe-core's rules for WCAG 2.1, levels A and AA. */
    @Test
    @Order(12)
    @Tag("accessibility")
    void peopleWithDisabilitiesCanUseIt() throws Exception {
        Browser browser = browser();
        String axe;
        try (InputStream in = AdminPageIT.class.getResourceAsStream(
                "/META-INF/resources/webjars/axe-core/" + System.getProperty("mailroom.axe-core") + "/axe.min.js")) {
            axe = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        browser.script(axe);
        for (String scheme : List.of("light", "dark")) {
            browser.screen(scheme, 1280, 900, false);
            for (String view : VIEWS) {
                show(browser, view);
                assertThat(
                                (List<?>)
                                        browser.asyncScript(
                                                """
                                const done = arguments[arguments.length - 1];
                                axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']}).then(
                                    (found) => done(found.violations.map((each) => each.id + ': '
                                        + each.nodes.map((node) => node.html + ' ' + node.failureSummary).join(' '))),
                                    (error) => done([String(error)]));
                                """))
                        .as("%s in the %s", view, scheme)
                        .isEmpty();
            }
        }
    }

    @Test
    @Order(11)
    void thePolicyHoldsAndTheConsoleIsQuiet() {
        Browser browser = browser();
        assertThat(browser.console())
                .filteredOn(line -> !line.contains("status of 401") && !line.contains("status of 400"))
                .isEmpty();

        assertThatThrownBy(() -> browser.script("document.querySelector('main').innerHTML = '<b>markup</b>'"))
                .hasMessageContaining("TrustedHTML");
        assertThat(browser.asyncScript("const done = arguments[arguments.length - 1];"
                        + " fetch('http://127.0.0.2:1/').then(() => done('answered'), () => done('refused'))"))
                .isEqualTo("refused");
        assertThat(browser.console()).anySatisfy(line -> assertThat(line).contains("Content Security Policy"));
    }
}
