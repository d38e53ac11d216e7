// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.kura.cloud;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.CloudEndpoint;
import org.eclipse.kura.cloudconnection.factory.CloudConnectionFactory;
import org.eclipse.kura.configuration.ConfigurationService;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What Kura's console makes cloud connections with: each is one {@link MeshEndpoint}. */
@Component(
        name = MeshConnectionFactory.PID,
        service = CloudConnectionFactory.class,
        property = {
            "service.pid=" + MeshConnectionFactory.PID,
            "kura.ui.csf.pid.default=" + MeshEndpoint.PID,
            "kura.ui.csf.pid.regex=^io\\.streamrelay\\.kura\\.CloudEndpoint(\\-[a-zA-Z0-9]+)?$"
        })
public final class MeshConnectionFactory implements CloudConnectionFactory {

    static final String PID = "io.streamrelay.kura.CloudConnectionFactory";

    private BundleContext context;
    private ConfigurationService configurations;

    @Reference
    void setConfigurations(ConfigurationService service) {
        configurations = service;
    }

    @Activate
    void activate(BundleContext bundle) {
        context = bundle;
    }

    @Override
    public String getFactoryPid() {
        return MeshEndpoint.PID;
    }

    @Override
    public void createConfiguration(String pid) throws KuraException {
        configurations.createFactoryConfiguration(
                MeshEndpoint.PID, pid, Map.of(KURA_CLOUD_CONNECTION_FACTORY_PID, PID), true);
    }

    @Override
    public List<String> getStackComponentsPids(String pid) {
        return List.of(pid);
    }

    @Override
    public void deleteConfiguration(String pid) throws KuraException {
        configurations.deleteFactoryConfiguration(pid, true);
    }

    @Override
    public Set<String> getManagedCloudConnectionPids() throws KuraException {
        Set<String> pids = new TreeSet<>();
        String ours = "(" + KURA_CLOUD_CONNECTION_FACTORY_PID + "=" + PID + ")";
        try {
            for (ServiceReference<CloudEndpoint> each : context.getServiceReferences(CloudEndpoint.class, ours)) {
                if (each.getProperty(MeshEndpoint.KURA_PID) instanceof String pid) {
                    pids.add(pid);
                }
            }
        } catch (InvalidSyntaxException e) {
            throw new KuraException(KuraErrorCode.INVALID_PARAMETER, e, ours);
        }
        return pids;
    }
}
