package io.memsession.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A real browser without a screen: Debian's Chromium. */
final class Chromium implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ChromeDriver driver;

    private Chromium(ChromeDriver driver) {
        this.driver = driver;
    }

    /** A browser; skips the test, and says so, where there is none. */
    static Chromium start() {
        boolean there = Children.isInstalled("chromium") && Children.isInstalled("chromedriver");
        if (!there) {
            System.out.println(
                    "SKIPPED: no real browser: Debian's packages chromium and chromium-driver are not installed");
        }
        Assumptions.assumeTrue(there, "chromium and chromium-driver are not installed");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(Children.program("chromium"));
        options.addArguments(
                "--headless=new", "--hide-scrollbars", "--no-first-run", "--disable-gpu", "--disable-dev-shm-usage");
        if (Children.asRoot()) {
            options.addArguments("--no-sandbox"); // which it refuses to do without otherwise
        }
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(Path.of(Children.program("chromedriver")).toFile())
                .usingAnyFreePort()
                .build();
        return new Chromium(new ChromeDriver(service, options));
    }

    /** As for somebody who was never here: no cookies, scripts allowed, a window of that size, light colours. */
    void fresh(int width, int height) {
        driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
        scripts(true);
        dark(false);
        size(width, height);
    }

    /** Has pages shown as on a screen of that size, however small. */
    void size(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
    }

    void scripts(boolean allowed) {
        driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", !allowed));
    }

    void dark(boolean dark) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    void open(String url) {
        driver.get(url);
    }

    /** Goes into the panel that the page shows within itself. */
    void intoPanel() {
        driver.switchTo().frame(element("iframe"));
    }

    void backToPage() {
        driver.switchTo().defaultContent();
    }

    WebElement element(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    int count(String selector) {
        return driver.findElements(By.cssSelector(selector)).size();
    }

    /** What is to be read there; empty where there is nothing, or something else just now. */
    String text(String selector) {
        try {
            List<WebElement> found = driver.findElements(By.cssSelector(selector));
            return found.isEmpty() ? "" : found.get(0).getText();
        } catch (StaleElementReferenceException e) {
            return "";
        }
    }

    void awaitText(String selector, String... parts) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(text(selector)).as(selector).contains(parts));
    }

    void awaitThere(String selector) {
        await().atMost(PATIENCE).until(() -> count(selector) > 0);
    }

    Object script(String code) {
        return driver.executeScript(code);
    }

    /** Waits until the script calls the last of its arguments. */
    void asyncScript(String code) {
        driver.executeAsyncScript(code);
    }

    /** Presses keys for whatever has the focus. */
    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** What has the focus, by the name that a screen reader says. */
    String focused() {
        return String.valueOf(driver.executeScript(
                "const e = document.activeElement; return e.ariaLabel || e.title || e.textContent.trim()"));
    }

    /** What the browser complained about since this was last asked. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }

    /** Keeps what is seen now as {@code e2e/target/screenshots/NAME.png}. */
    void screenshot(String name) {
        try {
            Path folder = Files.createDirectories(Layout.ofThisRun().root().resolve("e2e/target/screenshots"));
            Files.write(folder.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
