// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.equinox;

import java.net.URL;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.crypto.CryptoService;
import org.eclipse.kura.marshalling.Marshaller;
import org.eclipse.kura.marshalling.Unmarshaller;
import org.eclipse.kura.wire.WireHelperService;
import org.osgi.framework.Bundle;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Does to configurations what Kura's configuration service does: seeds what is new with its form's defaults, keeps
 * passwords enciphered, makes instances under PIDs of the framework's own, and updates more often than anything changes.
 */
final class KuraStandIn {

    private static final String KURA_PID = "kura.service.pid";

    private final KuraHost host;
    private final StandInCrypto crypto = new StandInCrypto();
    private final StandInWires wires = new StandInWires();
    private ServiceRegistration<?> json;
    private final Map<String, KuraMetatype> forms = new HashMap<>();
    private final Map<String, Configuration> configurations = new HashMap<>();

    KuraStandIn(KuraHost host) {
        this.host = host;
        host.context().registerService(CryptoService.class, crypto, null);
        host.context().registerService(ConfigurationService.class, new Configurations(), null);
        host.context().registerService(WireHelperService.class, wires, null);
        json(true);
    }

    /** Kura's services for JSON come and go with their bundle. */
    void json(boolean there) {
        if (!there) {
            json.unregister();
            return;
        }
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(KURA_PID, "org.eclipse.kura.json.marshaller.unmarshaller.provider");
        json = host.context()
                .registerService(
                        new String[] {Marshaller.class.getName(), Unmarshaller.class.getName()},
                        new StandInJson(),
                        properties);
    }

    StandInWires wires() {
        return wires;
    }

    /** Kura's own interface to this, for what makes cloud connections. */
    private final class Configurations implements ConfigurationService {

        @Override
        public void createFactoryConfiguration(
                String factoryPid, String pid, Map<String, Object> properties, boolean takeSnapshot)
                throws KuraException {
            try {
                create(factoryPid, pid, properties);
            } catch (Exception e) {
                throw new KuraException(KuraErrorCode.INVALID_PARAMETER, e, pid);
            }
        }

        @Override
        public void deleteFactoryConfiguration(String pid, boolean takeSnapshot) throws KuraException {
            try {
                delete(pid);
            } catch (Exception e) {
                throw new KuraException(KuraErrorCode.INVALID_PARAMETER, e, pid);
            }
        }
    }

    /**
     * Reads the forms of all new bundles, and configures what there is one of.
     *
     * @param latest what the latest snapshot says of it, by PID
     */
    void seed(Map<String, Map<String, Object>> latest) throws Exception {
        for (Bundle bundle : host.newcomers()) {
            for (KuraMetatype form : formsOf(bundle)) {
                forms.put(form.pid(), form);
                if (!form.factory()) {
                    Configuration configuration = admin().getConfiguration(form.pid(), "?");
                    configurations.put(form.pid(), configuration);
                    Map<String, Object> merged = form.seed();
                    merged.putAll(latest.getOrDefault(form.pid(), Map.of()));
                    push(form, form.pid(), merged);
                }
            }
        }
    }

    static List<KuraMetatype> formsOf(Bundle bundle) throws Exception {
        List<KuraMetatype> forms = new ArrayList<>();
        Enumeration<URL> files = bundle.findEntries("OSGI-INF/metatype", "*.xml", false);
        for (URL file : files == null ? List.<URL>of() : Collections.list(files)) {
            try (var in = file.openStream()) {
                forms.add(KuraMetatype.read(file.getPath().substring(1), in));
            }
        }
        return forms;
    }

    private ConfigurationAdmin admin() {
        return host.service(ConfigurationAdmin.class);
    }

    /** A new instance, as by the console's plus sign. */
    void create(String factoryPid, String pid, Map<String, Object> settings) throws Exception {
        KuraMetatype form = forms.get(factoryPid);
        String servicePid = admin().createFactoryConfiguration(factoryPid, null).getPid();
        configurations.put(pid, admin().getConfiguration(servicePid, "?"));
        Map<String, Object> merged = form.seed();
        merged.putAll(settings);
        push(form, pid, merged);
    }

    /** What a form saves: the running configuration with some values changed; null removes one. */
    void update(String pid, Map<String, Object> settings) throws Exception {
        Configuration configuration = configurations.get(pid);
        Map<String, Object> merged = new HashMap<>();
        Dictionary<String, Object> running = configuration.getProperties();
        Collections.list(running.keys()).forEach(key -> merged.put(key, running.get(key)));
        KuraMetatype form = form(configuration);
        merged.keySet().removeIf(form::isPassword);
        merged.putAll(passwordsOf(configuration, form));
        settings.forEach((key, value) -> {
            if (value == null) {
                merged.remove(key);
            } else {
                merged.put(key, value);
            }
        });
        push(form, pid, merged);
    }

    private Map<String, Object> passwordsOf(Configuration configuration, KuraMetatype form) throws Exception {
        Map<String, Object> passwords = new HashMap<>();
        for (KuraMetatype.Attribute attribute : form.attributes()) {
            Object kept = configuration.getProperties().get(attribute.id());
            if (attribute.type().equals("Password") && kept != null) {
                passwords.put(
                        attribute.id(),
                        new String(crypto.decryptAes(kept.toString().toCharArray())));
            }
        }
        return passwords;
    }

    private KuraMetatype form(Configuration configuration) {
        String factory = configuration.getFactoryPid();
        return forms.get(factory == null ? configuration.getPid() : factory);
    }

    void delete(String pid) throws Exception {
        configurations.remove(pid).delete();
    }

    /**
     * As Kura does it: every instance is deleted, also one that is in the snapshot, and those of the snapshot are made
     * anew; what there is one of gets what the snapshot says, and nothing of what it has.
     */
    void rollback(KuraSnapshot snapshot) throws Exception {
        for (String pid : List.copyOf(configurations.keySet())) {
            if (configurations.get(pid).getFactoryPid() != null) {
                delete(pid);
            }
        }
        for (Map.Entry<String, KuraSnapshot.Instance> each :
                snapshot.instances().entrySet()) {
            KuraSnapshot.Instance instance = each.getValue();
            if (instance.factory() != null) {
                create(instance.factory(), each.getKey(), instance.settings());
            }
        }
        for (String pid : List.copyOf(configurations.keySet())) {
            KuraSnapshot.Instance instance = snapshot.instances().get(pid);
            KuraMetatype form = form(configurations.get(pid));
            Map<String, Object> merged = form.seed();
            merged.putAll(instance == null ? Map.of() : instance.settings());
            push(form, pid, merged);
        }
    }

    /** Twice, for Kura does so, too. */
    private void push(KuraMetatype form, String pid, Map<String, Object> settings) throws Exception {
        Dictionary<String, Object> properties = new Hashtable<>();
        settings.forEach(
                (key, value) -> properties.put(key, form.isPassword(key) ? crypto.encrypt(value.toString()) : value));
        properties.put(KURA_PID, pid);
        configurations.get(pid).update(properties);
        configurations.get(pid).update(properties);
    }

    /** What the console's list of services would show. */
    Set<String> shown() {
        Set<String> pids = new TreeSet<>();
        for (ServiceReference<ConfigurableComponent> reference : components()) {
            if (reference.getProperty("service.pid") instanceof String
                    && reference.getProperty(KURA_PID) instanceof String pid) {
                pids.add(pid);
            }
        }
        return pids;
    }

    private Collection<ServiceReference<ConfigurableComponent>> components() {
        try {
            return host.context().getServiceReferences(ConfigurableComponent.class, null);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
