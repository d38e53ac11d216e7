// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.config;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.felix.utils.properties.InterpolationHelper;
import org.apache.felix.utils.properties.TypedProperties.SubstitutionCallback;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a configuration that changed back to its file, and removes the file of one that was deleted, so that a change
 * through ConfigAdmin is still there after the next start.
 *
 * <p>Felix File Install does that too, but empties the file first and writes it anew with every start and every change
 * by hand: a power cut leaves half of it, and its own watcher has been seen to take the emptied file for the
 * configuration. A distribution with this bundle tells it not to ({@code felix.fileinstall.enableConfigSave}).
 */
@Component
public final class WriteBack implements ConfigurationListener {

    private static final Logger LOG = LoggerFactory.getLogger(WriteBack.class);

    /** Where File Install says which file a configuration came from: as a URI. */
    static final String FILE = "felix.fileinstall.filename";

    private static final String ENCODING = "felix.fileinstall.configEncoding";
    private static final List<String> NAMES_END = List.of(".cfg", ".config");
    private static final Set<String> NOT_IN_FILES = Set.of(
            Constants.SERVICE_PID,
            ConfigurationAdmin.SERVICE_FACTORYPID,
            ConfigurationAdmin.SERVICE_BUNDLELOCATION,
            FILE);

    private final ConfigurationAdmin admin;
    private final SubstitutionCallback placeholders;
    private final Charset charset;
    private final Map<String, Path> files = new ConcurrentHashMap<>();

    /** Learns which file each configuration of the moment came from. */
    @Activate
    public WriteBack(@Reference ConfigurationAdmin admin, BundleContext context)
            throws IOException, InvalidSyntaxException {
        this.admin = admin;
        var properties = new InterpolationHelper.BundleContextSubstitutionCallback(context);
        placeholders = (name, key, value) -> properties.getValue(value);
        String encoding = context.getProperty(ENCODING);
        charset = encoding == null ? StandardCharsets.ISO_8859_1 : Charset.forName(encoding);
        Configuration[] present = admin.listConfigurations("(" + FILE + "=*)");
        for (Configuration configuration : present == null ? new Configuration[0] : present) {
            remember(configuration);
        }
    }

    private void remember(Configuration configuration) {
        Dictionary<String, Object> properties = configuration.getProperties();
        Object uri = properties == null ? null : properties.get(FILE);
        if (uri == null || NAMES_END.stream().noneMatch(uri.toString()::endsWith)) {
            return;
        }
        try {
            Path file = Path.of(URI.create(uri.toString()));
            if (isOf(configuration, file)) {
                files.put(configuration.getPid(), file);
            }
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            LOG.warn(
                    "{} of {} is '{}', which is not the URI of a file: {}",
                    FILE,
                    configuration.getPid(),
                    uri,
                    e.toString());
        }
    }

    /** A copy of a configuration names the file of the original, which is not its own. */
    private boolean isOf(Configuration configuration, Path file) {
        String name = file.getFileName().toString();
        String factory = configuration.getFactoryPid();
        boolean isNamedSo = factory == null
                ? NAMES_END.stream().anyMatch(end -> name.equals(configuration.getPid() + end))
                : name.startsWith(factory + "-") || name.startsWith(factory + "~");
        boolean isTaken = files.entrySet().stream()
                .anyMatch(known ->
                        known.getValue().equals(file) && !known.getKey().equals(configuration.getPid()));
        return isNamedSo && !isTaken;
    }

    @Override
    public void configurationEvent(ConfigurationEvent event) {
        try {
            if (event.getType() == ConfigurationEvent.CM_UPDATED) {
                keep(event.getPid());
            } else if (event.getType() == ConfigurationEvent.CM_DELETED) {
                remove(event.getPid());
            }
        } catch (IOException | InvalidSyntaxException | IllegalArgumentException e) {
            LOG.warn(
                    "The change of {} applies but is not in {}, and will be gone after the next start: {}. Make it in"
                            + " the file, or mend the reason and change it again",
                    event.getPid(),
                    files.get(event.getPid()),
                    e.toString());
        }
    }

    private void keep(String pid) throws IOException, InvalidSyntaxException {
        Configuration[] found = admin.listConfigurations("(" + Constants.SERVICE_PID + "=" + pid + ")");
        if (found == null) {
            return;
        }
        remember(found[0]);
        // Who pushes a whole new set of values seldom thinks of the key that names the file.
        Path file = files.get(pid);
        if (file == null || !Files.isRegularFile(file)) {
            return;
        }
        Set<String> changed = new ConfigurationFile(file, charset, placeholders).keep(values(found[0].getProperties()));
        if (!changed.isEmpty()) {
            LOG.info("Wrote {} of {} to {}", changed, pid, file);
        }
        nameFile(found[0], file);
    }

    /** Without its name the file would not be known for this configuration's after the next start. */
    private static void nameFile(Configuration configuration, Path file) throws IOException {
        Dictionary<String, Object> properties = configuration.getProperties();
        if (properties != null && properties.get(FILE) == null) {
            properties.put(FILE, file.toUri().toString());
            configuration.update(properties);
        }
    }

    private static Map<String, Object> values(Dictionary<String, Object> properties) {
        Map<String, Object> values = new HashMap<>();
        Collections.list(properties.keys()).stream()
                .filter(key -> !NOT_IN_FILES.contains(key))
                .forEach(key -> values.put(key, properties.get(key)));
        return values;
    }

    private void remove(String pid) throws IOException {
        Path file = files.get(pid);
        if (file != null && Files.deleteIfExists(file)) {
            LOG.info("Removed {}, for {} was deleted", file, pid);
        }
        files.remove(pid);
    }
}
