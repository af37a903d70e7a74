package io.github.hybridinference.examples.flink;

import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.plugin.PluginUtils;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;

/**
 * A TaskManager in a process of its own. Its arguments are settings of Flink as {@code name=value}; it ends with its standard input.
 */
public final class TaskManagerMain {
    private TaskManagerMain() {}

    /**
     * Runs it.
     *
     * @param args settings
     * @throws Exception if it cannot start
     */
    public static void main(String[] args) throws Exception {
        Map<String, String> settings = new HashMap<>();
        for (String setting : args) {
            int equals = setting.indexOf('=');
            settings.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        Thread parent = new Thread(TaskManagerMain::endWithInput, "end-with-input");
        parent.setDaemon(true);
        parent.start();
        Configuration configuration = Configuration.fromMap(settings);
        int code = 1;
        try {
            code = TaskManagerRunner.runTaskManager(
                    configuration, PluginUtils.createPluginManagerFromRootFolder(configuration));
        } finally {
            Runtime.getRuntime().halt(code); // after a failure threads of Flink are left
        }
    }

    private static void endWithInput() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException gone) {
            // as good as its end
        }
        Runtime.getRuntime().halt(0);
    }
}
