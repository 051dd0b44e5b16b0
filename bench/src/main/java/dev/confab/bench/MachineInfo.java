package dev.confab.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** On what, when and of which revision something was measured. */
final class MachineInfo {

    private MachineInfo() {}

    static Map<String, String> read(Clock clock, String command) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("date", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        facts.put("revision", revision());
        facts.put("command", command);
        var system = ManagementFactory.getOperatingSystemMXBean();
        facts.put("cores", String.valueOf(system.getAvailableProcessors()));
        facts.put("load before", String.format(Locale.ROOT, "%.2f", system.getSystemLoadAverage()));
        if (system instanceof com.sun.management.OperatingSystemMXBean precise) {
            facts.put("memory", precise.getTotalMemorySize() / (1 << 20) + " MiB");
        }
        facts.put("jdk", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        facts.put("kernel", system.getName() + " " + system.getVersion() + " " + system.getArch());
        return facts;
    }

    private static String revision() {
        try {
            Process git = new ProcessBuilder("git", "describe", "--always", "--dirty").start();
            String answer = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor() == 0 ? answer : "unknown";
        } catch (IOException noGit) {
            return "unknown";
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }
}
