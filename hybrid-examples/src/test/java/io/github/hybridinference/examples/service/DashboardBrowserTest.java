package io.github.hybridinference.examples.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.hybridinference.lab.command.CommandException;
import io.github.hybridinference.testkit.standin.Behaviour;
import io.github.hybridinference.testkit.standin.StandIn;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The page in Debian's chromium; its pictures are kept under target/screenshots. */
@Tag("browser")
class DashboardBrowserTest {
    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private RunningService running;
    private ChromeDriver browser;

    @BeforeEach
    void start() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary("/usr/bin/chromium");
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars");
        LoggingPreferences console = new LoggingPreferences();
        console.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", console);
        ChromeDriverService driver = new ChromeDriverService.Builder()
                .usingDriverExecutable(Path.of("/usr/bin/chromedriver").toFile())
                .usingAnyFreePort()
                .build();
        browser = new ChromeDriver(driver, options);
    }

    @AfterEach
    void stop() {
        browser.quit();
        if (running != null) {
            running.close();
        }
    }

    @Test
    void showsFiguresThatChangeWithRequestsOnEveryScreen() throws Exception {
        open(StandIn.builder());
        awaitText("status", "healthy");
        assertThat(text("total")).isEqualTo("0");
        assertThat(text("decisions")).contains("curl -s http://127.0.0.1");
        picture("empty-light", 1280, 1500, "light");

        for (int i = 0; i < 30; i++) {
            running.client.infer(Bodies.plain());
            running.client.infer(Bodies.hard(1 + i % 6));
        }

        awaitText("total", "60");
        assertThat(text("legend")).contains("local 30", "cache 24", "remote 6");
        assertThat(text("health")).contains("Redis", "Model", "Rules", "healthy");
        assertThat(text("spent")).contains("of $0.01");
        assertThat(browser.findElements(By.cssSelector("#curve svg path.spent, #curve svg path.cap")))
                .hasSize(2);
        assertThat(text("p99")).isNotEqualTo("–");
        assertThat(text("fallback")).isEqualTo("0.0 %");
        assertThat(text("symbols")).contains("BTC-USDT 30 24 6 0");
        assertThat(rows()).isEqualTo(60);
        assertThat(browser.findElements(By.cssSelector("#chart canvas"))).hasSize(1);
        for (String scheme : List.of("light", "dark")) {
            picture("desktop-" + scheme, 1280, 1900, scheme);
            assertNoSeriousFindings();
            picture("wide-" + scheme, 2560, 1500, scheme);
            picture("phone-" + scheme, 390, 2600, scheme);
            picture("narrow-" + scheme, 320, 2600, scheme);
            assertNoSeriousFindings();
        }
        assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
    }

    @Test
    void tellsWhatAilsAPartAndWhatItLedTo() throws Exception {
        open(StandIn.builder()
                .script(call -> call.number() < 7 ? Behaviour.answer() : Behaviour.status(402, Map.of(), "{}")));

        for (int i = 0; i < 40; i++) {
            running.client.infer(Bodies.plain());
            running.client.infer(Bodies.hard(1 + i % 9));
        }

        awaitText("status", "degraded");
        awaitText("total", "80");
        assertThat(text("health")).contains("Model unhealthy", "since", "next try");
        assertThat(text("causes")).contains("unpaid", "breaker open");
        assertThat(text("incident")).isEqualTo("unpaid");
        assertThat(text("incidentsub")).contains("fallback", "top it up", "guide");
        assertThat(text("events")).contains("model");
        picture("desktop-degraded", 1280, 1900, "light");
        assertNoSeriousFindings();
        picture("desktop-degraded-dark", 1280, 1900, "dark");
        assertNoSeriousFindings();
    }

    @Test
    void listsWhyRequestsFailAndWhatToDo() throws Exception {
        open(StandIn.builder().script(call -> switch ((int) (call.number() % 4)) {
            case 0 -> Behaviour.status(503, Map.of(), "{}");
            case 1 -> Behaviour.status(404, Map.of(), "{}");
            case 2 -> Behaviour.status(302, Map.of("Location", "https://api.example.org/v1"), "");
            default -> Behaviour.answer();
        }));
        assertThat(browser.findElement(By.id("mend")).isDisplayed()).isFalse();

        for (int i = 0; i < 9; i++) {
            running.client.infer(Bodies.hard(1 + i % 9));
        }

        await().atMost(PATIENCE).until(() -> text("failures").contains("redirect"));
        assertThat(text("failures")).contains("not found", "is /v1 missing in the base URL?");
        picture("desktop-failures", 1280, 1900, "light");
        picture("phone-failures", 390, 2600, "dark");
        assertThat(browser.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
    }

    @Test
    void showsAReplyOfTheModelAsTextAndNothingElse() throws Exception {
        open(StandIn.builder());
        running.client.infer(Bodies.plain());
        awaitText("total", "1");

        browser.executeScript("const d = structuredClone(last), a = d.decisions[0].answer; a.decision_id = 'other';"
                + "a.reasoning = a.commentary = '<img src=x onerror=\"window.hit=1\">';"
                + "clearTimeout(timer); draw(d);");

        assertThat(text("decisions")).contains("<img src=x", "the model’s words: “<img");
        assertThat(browser.findElements(By.cssSelector("#decisions img"))).isEmpty();
    }

    @Test
    void turnsGreyWithASentenceWhenTheServiceStops() throws Exception {
        open(StandIn.builder());
        awaitText("status", "healthy");
        await().atMost(PATIENCE).until(() -> text("updated").startsWith("updated "));

        running.close();
        running = null;

        awaitText("status", "not answering");
        assertThat(text("banner")).contains("The service cannot be reached", "old");
        assertThat(isGrey()).isTrue();
        picture("stopped", 1280, 1500, "light");
    }

    @Test
    void turnsGreyWithASentenceWhileTheServiceHangsAndRecovers() throws Exception {
        open(StandIn.builder());
        awaitText("status", "healthy");

        // as a process that takes connections and never answers
        browser.executeScript("window.answers = fetch; window.fetch = (path, { signal }) => new Promise((no, fail) =>"
                + " signal.addEventListener('abort', () => fail(signal.reason)));");

        awaitText("status", "not answering");
        assertThat(text("banner")).contains("has not answered for 4 seconds");
        assertThat(isGrey()).isTrue();

        browser.executeScript("window.fetch = window.answers;");

        awaitText("status", "healthy");
        assertThat(isGrey()).isFalse();
        assertThat(browser.findElement(By.id("banner")).isDisplayed()).isFalse();
    }

    /** A process that has been stopped still takes connections, by its listening socket, and answers none. */
    @Test
    void turnsGreyWhileTheProcessOfTheServiceIsStoppedAndRecovers(@TempDir Path directory) throws Exception {
        try (ServiceProcess service = ServiceProcess.start(directory, Map.of("PORT", "0"))) {
            browser.get("http://127.0.0.1:" + service.port() + "/");
            awaitText("status", "healthy");

            signal(service, "STOP");
            try {
                awaitText("status", "not answering");
                assertThat(text("banner")).contains("has not answered for 4 seconds", "old");
                assertThat(isGrey()).isTrue();
                picture("hung", 1280, 1500, "light");
            } finally {
                signal(service, "CONT");
            }

            awaitText("status", "healthy");
            assertThat(isGrey()).isFalse();
            assertThat(browser.findElement(By.id("banner")).isDisplayed()).isFalse();
        }
    }

    private static void signal(ServiceProcess service, String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(service.process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    @Test
    void linksEachFailureToItsEntryInTheGuide() throws Exception {
        open(StandIn.builder().script(call -> Behaviour.status(404, Map.of(), "{}")));

        running.client.infer(Bodies.hard(1));

        await().atMost(PATIENCE).until(() -> text("failures").contains("not found"));
        assertThat(browser.findElement(By.cssSelector("#failures a")).getAttribute("href"))
                .endsWith("docs/guide.md#failure-not-found");
    }

    @Test
    void drawsRightWhenTheBrowsersClockIsOff() throws Exception {
        running = RunningService.rulesOnly();
        running.client.infer(Bodies.plain());
        browser.executeCdpCommand(
                "Page.addScriptToEvaluateOnNewDocument",
                Map.of("source", "{ const now = Date.now; Date.now = () => now() - 180000; }"));

        visit();

        awaitText("total", "1");
        // the request is in the last step or the one before, wherever the browser's clock stands
        await().atMost(PATIENCE)
                .until(
                        () -> (Boolean)
                                browser.executeScript(
                                        "const local = chart.rates[0]; return local.length === 180"
                                                + " && local.findIndex(n => n > 0) >= 150 && chart.data[0].at(-1) * 1000 > Date.now() + 120000"));
        assertThat(text("updated")).matches("updated \\d s ago");
    }

    @Test
    void aWrongTokenGetsASentenceAndCanBeCorrected() throws Exception {
        running = RunningService.rulesOnly("API_TOKEN", "right-token-0123456789");
        visit();
        await().atMost(PATIENCE).until(() -> browser.findElement(By.id("token")).isDisplayed());

        answerToken("wrong-token");
        await().atMost(PATIENCE).until(() -> text("askproblem").contains("does not accept this token"));
        picture("token-wrong", 1280, 900, "light");
        assertNoSeriousFindings();
        answerToken("t\u00f6ken");
        await().atMost(PATIENCE).until(() -> text("askproblem").contains("ASCII"));
        browser.findElement(By.id("token")).sendKeys(Keys.ESCAPE);
        await().atMost(PATIENCE).until(() -> text("banner").contains("Without the token"));
        browser.findElement(By.id("tokenbutton")).click();
        answerToken("right-token-0123456789");

        awaitText("status", "healthy");
        assertThat(isGrey()).isFalse();
    }

    @Test
    void pausesAndResumesTheModelAfterConfirmation() throws Exception {
        open(StandIn.builder());
        awaitText("status", "healthy");

        browser.findElement(By.id("switch")).click();
        browser.findElement(By.id("reason")).sendKeys("anna: odd signals");
        picture("pause", 1280, 900, "light");
        browser.findElement(By.cssSelector("#pause .primary")).click();

        await().atMost(PATIENCE).until(() -> text("banner").contains("anna: odd signals"));
        assertThat(running.client
                        .infer(Bodies.hard(1))
                        .json()
                        .get("degradation")
                        .asText())
                .isEqualTo("PAUSED");
        await().atMost(PATIENCE).until(() -> text("incident").equals("paused"));
        picture("paused", 1280, 1900, "light");
        assertNoSeriousFindings();

        browser.findElement(By.id("switch")).click();
        browser.findElement(By.cssSelector("#resume .primary")).click();

        awaitText("switch", "Pause model");
        assertThat(running.client.infer(Bodies.hard(2)).json().get("source").asText())
                .isEqualTo("REMOTE");
    }

    @Test
    void filtersDecisionsAndShowsOneByKeyboardAlone() throws Exception {
        open(StandIn.builder());
        for (int i = 0; i < 4; i++) {
            running.client.infer(Bodies.plain());
            running.client.infer(Bodies.hard(1 + i).replace("BTC-USDT", "ETH-USDT"));
        }
        awaitText("total", "8");
        await().atMost(PATIENCE).until(() -> rows() == 8);

        tabTo("f-symbol");
        focused().sendKeys("eth");
        await().atMost(PATIENCE).until(() -> rows() == 4);
        tabTo("f-source");
        focused().sendKeys("f");
        await().atMost(PATIENCE).until(() -> text("decisions").contains("No decision matches"));
        focused().sendKeys(Keys.HOME);
        await().atMost(PATIENCE).until(() -> rows() == 4);
        while (!"ETH-USDT".equals(focused().getText())) {
            focused().sendKeys(Keys.TAB);
        }
        focused().sendKeys(Keys.ENTER);

        await().atMost(PATIENCE).until(() -> text("facts").contains("decision id"));
        assertThat(text("facts"))
                .contains("Figures of the request", "rsi_14 50", "balance of votes", "tokens", "cost", "curl -s http")
                .contains(
                        "Votes of the rules",
                        "rsi reversal, weight 1 no opinion",
                        "macd cross, weight 1 a figure is missing")
                .contains(
                        "rules, caches, permits, budget", "connection and sending", "the model", "checks of the reply");
        picture("detail-light", 1280, 1400, "light");
        assertNoSeriousFindings();
        picture("detail-narrow", 320, 1400, "dark");
        assertNoSeriousFindings();
        focused().sendKeys(Keys.ESCAPE);
        assertThat(browser.findElement(By.id("detail")).isDisplayed()).isFalse();
    }

    @Test
    void aSelectionSurvivesNewDecisionsAndAPausedListStandsStill() throws Exception {
        open(StandIn.builder());
        running.client.infer(Bodies.plain());
        await().atMost(PATIENCE).until(() -> rows() == 1);
        browser.executeScript(
                "getSelection().selectAllChildren(document.querySelector('#decisions td.why')); window.chosen = String(getSelection());");

        running.client.infer(Bodies.plain());
        await().atMost(PATIENCE).until(() -> rows() == 2);

        assertThat(browser.executeScript("return chosen.length > 5 && String(getSelection()) === chosen"))
                .isEqualTo(true);

        browser.findElement(By.id("hold")).click();
        running.client.infer(Bodies.plain());
        await().atMost(PATIENCE).until(() -> text("shown").contains("paused, 1 newer"));
        assertThat(rows()).isEqualTo(2);
        browser.findElement(By.id("hold")).click();
        await().atMost(PATIENCE).until(() -> rows() == 3);
    }

    private void open(StandIn.Builder standIn) throws CommandException {
        running = RunningService.before(standIn.start(), "DAILY_BUDGET_USD", "0.01");
        visit();
    }

    private void visit() {
        browser.get("http://127.0.0.1:" + running.service.port() + "/");
    }

    private void answerToken(String token) {
        browser.findElement(By.id("token")).sendKeys(token, Keys.ENTER);
    }

    private WebElement focused() {
        return browser.switchTo().activeElement();
    }

    private void tabTo(String id) {
        for (int i = 0; i < 100 && !id.equals(focused().getAttribute("id")); i++) {
            focused().sendKeys(Keys.TAB);
        }
        assertThat(focused().getAttribute("id")).isEqualTo(id);
    }

    private int rows() {
        return browser.findElements(By.cssSelector("#decisions tbody tr")).size();
    }

    private boolean isGrey() {
        return (Boolean) browser.executeScript(
                "return getComputedStyle(document.querySelector('.kpi')).filter.includes('grayscale')");
    }

    private void awaitText(String id, String expected) {
        await().atMost(PATIENCE).until(() -> text(id).equals(expected));
    }

    private void assertNoSeriousFindings() throws IOException {
        try (InputStream axe = Objects.requireNonNull(getClass().getResourceAsStream("/axe.min.js"))) {
            browser.executeScript(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
        }
        Object findings = browser.executeAsyncScript("const done = arguments[0]; axe.run().then(r => done(r.violations"
                + ".filter(v => v.impact === 'serious' || v.impact === 'critical')"
                + ".map(v => v.id + ': ' + v.nodes.map(n => n.target + ' ' + n.failureSummary).join('; '))),"
                + " e => done([String(e)]))");
        assertThat((List<?>) findings).isEmpty();
    }

    private String text(String id) {
        return browser.findElement(By.id(id)).getText().replaceAll("\\s+", " ");
    }

    private void picture(String name, int width, int height, String scheme) throws IOException {
        Map<String, Object> device =
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500);
        browser.executeCdpCommand("Emulation.setDeviceMetricsOverride", device);
        browser.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        browser.executeScript("dispatchEvent(new Event('resize'))");
        Number overflow = (Number) browser.executeScript("return document.documentElement.scrollWidth - innerWidth");
        assertThat(overflow.intValue()).as("no sideways scrolling at %d", width).isLessThanOrEqualTo(0);
        Files.createDirectories(PICTURES);
        Files.write(PICTURES.resolve(name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
    }
}
