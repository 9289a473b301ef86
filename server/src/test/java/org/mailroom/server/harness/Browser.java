/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.server.harness;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Chromium without a window, used as a person does: by what is written on the page. For one thread. */
public final class Browser implements AutoCloseable {
    /** How to get one where there is none. */
    public static final String INSTALL = "apt-get install chromium chromium-driver";

    /** It warns of each Chromium that is newer than itself, whose newer commands nobody needs here. Kept: loggers are not. */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ChromeDriver driver;
    private final List<String> console = new ArrayList<>();

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Starts the one of this machine; nothing where it has none. Profile and caches are in {@code directory}. */
    public static Optional<Browser> start(Path directory) {
        Optional<Path> browser = onPath("chromium", "chromium-browser", "google-chrome");
        Optional<Path> remote = onPath("chromedriver");
        if (browser.isEmpty() || remote.isEmpty()) {
            return Optional.empty();
        }
        SELENIUM.setLevel(Level.SEVERE);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions()
                .setBinary(browser.get().toFile())
                .addArguments(
                        "--headless=new",
                        // the tests may run as root; the browser sees nothing but a James of its own
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--user-data-dir=" + directory.toAbsolutePath(),
                        "--lang=en-GB",
                        "--window-size=1280,1000");
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(remote.get().toFile())
                .usingAnyFreePort()
                .build();
        return Optional.of(new Browser(new ChromeDriver(service, options)));
    }

    private static Optional<Path> onPath(String... names) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(names)
                .flatMap(name -> Stream.of(path.split(File.pathSeparator)).map(each -> Path.of(each, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    public void open(String address) {
        driver.get(address);
    }

    public String address() {
        return driver.getCurrentUrl();
    }

    public String title() {
        return driver.getTitle();
    }

    /** All that can be read on the page. */
    public String text() {
        return driver.findElement(By.tagName("body")).getText();
    }

    /** Waits until all of it can be read on the page. */
    public void awaitText(String... texts) {
        Awaitility.await(String.join(", ", texts))
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> Stream.of(texts).allMatch(text()::contains));
    }

    /** Presses a button with that text, within the element that a CSS selector names. */
    public void press(String within, String text) {
        click(within, "button", text);
    }

    public void press(String text) {
        press("body", text);
    }

    /** Follows a link with that text. */
    public void follow(String text) {
        click("body", "a", text);
    }

    private void click(String within, String tag, String text) {
        WebElement found = await(
                tag + " " + text,
                By.cssSelector(within),
                By.xpath(".//" + tag + "[starts-with(normalize-space(.), \"" + text + "\")]"));
        found.click();
    }

    /** Types into the field with that label, within the element that a CSS selector names, in place of what is there. */
    public void type(String within, String label, String text) {
        WebElement field = field(within, label);
        field.clear();
        field.sendKeys(text);
    }

    /** Replaces the text of the first element that a CSS selector finds, at once. */
    public void write(String selector, String text) {
        awaitCount(selector, 1);
        driver.executeScript(
                "const area = document.querySelector(arguments[0]); area.value = arguments[1];"
                        + " area.dispatchEvent(new Event('input', {bubbles: true}));",
                selector,
                text);
    }

    public void tick(String within, String label) {
        field(within, label).click();
    }

    private WebElement field(String within, String label) {
        WebElement found = await(
                "field " + label,
                By.cssSelector(within),
                By.xpath(".//label[starts-with(normalize-space(.), \"" + label + "\")]"));
        return driver.findElement(By.id(found.getDomAttribute("for")));
    }

    private WebElement await(String what, By within, By wanted) {
        return Awaitility.await(what)
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(
                        () -> driver.findElements(within).stream()
                                .flatMap(element -> element.findElements(wanted).stream())
                                .filter(element -> element.isDisplayed() && element.isEnabled())
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** Presses a key where the focus is, and says what then has it: its text, or else its label. */
    public String key(Keys key) {
        driver.switchTo().activeElement().sendKeys(key);
        WebElement focused = driver.switchTo().activeElement();
        return focused.getText().isEmpty()
                ? Optional.ofNullable(focused.getDomAttribute("aria-label")).orElse("")
                : focused.getText();
    }

    /** Waits until a CSS selector finds so many elements. */
    public void awaitCount(String selector, int count) {
        Awaitility.await(selector).atMost(PATIENCE).until(() -> count(selector) == count);
    }

    /** How many elements a CSS selector finds. */
    public int count(String selector) {
        return driver.findElements(By.cssSelector(selector)).size();
    }

    /** What a script in the page returns; the page's policy for scripts does not hold for it. */
    public Object script(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** What a script in the page passes to its last argument, which is a function. */
    public Object asyncScript(String script, Object... arguments) {
        driver.manage().timeouts().scriptTimeout(PATIENCE);
        return driver.executeAsyncScript(script, arguments);
    }

    /** As people who prefer light or dark see it, on a screen of that size in CSS pixels. */
    public void screen(String scheme, int width, int height, boolean phone) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", phone));
    }

    /** A picture of the whole page, as PNG. */
    public void picture(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Number height = (Number) script("return document.documentElement.scrollHeight");
        Number width = (Number) script("return innerWidth");
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    }

    /** All that the console said of level warning and above, since the start: errors and violations of policies. */
    public List<String> console() {
        driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .forEach(console::add);
        return List.copyOf(console);
    }

    @Override
    public void close() {
        driver.quit();
    }
}
