package certmimic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import certmimic.junit.Certmimic;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** What a runner shows of a test that fails, in a run of its own. */
class ReportTest {
    /** Fails, and is not found by runners, which look for names that end in Test. */
    @Certmimic
    static class Failing {
        @Test
        void itDeletesAnEntry(World world) throws Exception {
            assertEquals(204, WorldTest.ask(world, "DELETE", "KeystoreEntries('6D79')"));
        }
    }

    @Test
    void itShowsWhatTheWorldRefused() {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        var request = LauncherDiscoveryRequestBuilder.request().selectors(selectClass(Failing.class)).build();
        LauncherFactory.create().execute(request, listener);
        TestExecutionSummary summary = listener.getSummary();
        assertEquals(1, summary.getTestsFailedCount());
        StringWriter printed = new StringWriter();
        summary.getFailures().get(0).getException().printStackTrace(new PrintWriter(printed));
        String report = printed.toString();
        assertTrue(report.matches("(?s).*Suppressed: World itDeletesAnEntry-World-[0-9a-f]{8} refused:.*"), report);
        assertTrue(report.matches("(?s).*403 DELETE .*ci\\.entry\\.delete csrf_token_required\n.*Fetch a token.*"), report);
    }
}
