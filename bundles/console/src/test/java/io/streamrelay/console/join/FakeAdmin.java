// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.console.join;

import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Enumeration;
import java.util.Hashtable;
import java.util.List;
import java.util.Set;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Configurations in memory. */
final class FakeAdmin implements ConfigurationAdmin {

    final List<FakeConfiguration> all = new ArrayList<>();

    /** One configuration. */
    static final class FakeConfiguration implements Configuration {

        private final String pid;
        private final String factoryPid;
        private Dictionary<String, Object> values;
        int updates;

        FakeConfiguration(String pid, String factoryPid) {
            this.pid = pid;
            this.factoryPid = factoryPid;
        }

        Object value(String key) {
            return values.get(key);
        }

        FakeConfiguration with(Object... keysAndValues) {
            values = new Hashtable<>();
            for (int i = 0; i < keysAndValues.length; i += 2) {
                values.put((String) keysAndValues[i], keysAndValues[i + 1]);
            }
            return this;
        }

        @Override
        public String getPid() {
            return pid;
        }

        @Override
        public Dictionary<String, Object> getProperties() {
            if (values == null) {
                return null;
            }
            Dictionary<String, Object> copy = new Hashtable<>();
            for (Enumeration<String> keys = values.keys(); keys.hasMoreElements(); ) {
                String key = keys.nextElement();
                copy.put(key, values.get(key));
            }
            return copy;
        }

        @Override
        @SuppressWarnings("unchecked")
        public void update(Dictionary<String, ?> properties) {
            values = (Dictionary<String, Object>) properties;
            updates++;
        }

        @Override
        public void update() {
            updates++;
        }

        @Override
        public String getFactoryPid() {
            return factoryPid;
        }

        @Override
        public Dictionary<String, Object> getProcessedProperties(org.osgi.framework.ServiceReference<?> reference) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void delete() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean updateIfDifferent(Dictionary<String, ?> properties) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setBundleLocation(String location) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String getBundleLocation() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long getChangeCount() {
            return updates;
        }

        @Override
        public void addAttributes(ConfigurationAttribute... attributes) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Set<ConfigurationAttribute> getAttributes() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void removeAttributes(ConfigurationAttribute... attributes) {
            throw new UnsupportedOperationException();
        }
    }

    FakeConfiguration add(String pid, String factoryPid) {
        FakeConfiguration added = new FakeConfiguration(pid, factoryPid);
        all.add(added);
        return added;
    }

    List<FakeConfiguration> instances(String factoryPid) {
        return all.stream()
                .filter(each -> factoryPid.equals(each.getFactoryPid()))
                .toList();
    }

    @Override
    public Configuration createFactoryConfiguration(String factoryPid) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Configuration createFactoryConfiguration(String factoryPid, String location) {
        return add(factoryPid + "~" + all.size(), factoryPid);
    }

    @Override
    public Configuration getConfiguration(String pid, String location) {
        return all.stream()
                .filter(each -> each.getPid().equals(pid))
                .findFirst()
                .orElseGet(() -> add(pid, null));
    }

    @Override
    public Configuration getConfiguration(String pid) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Configuration getFactoryConfiguration(String factoryPid, String name, String location) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Configuration getFactoryConfiguration(String factoryPid, String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Configuration[] listConfigurations(String filter) {
        String factoryPid = filter.substring(filter.indexOf('=') + 1, filter.length() - 1);
        Configuration[] found = instances(factoryPid).toArray(new Configuration[0]);
        return found.length == 0 ? null : found;
    }
}
