// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.equinox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.CloudConnectionManager;
import org.eclipse.kura.cloudconnection.CloudEndpoint;
import org.eclipse.kura.cloudconnection.factory.CloudConnectionFactory;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.eclipse.kura.cloudconnection.listener.CloudDeliveryListener;
import org.eclipse.kura.cloudconnection.publisher.CloudPublisher;
import org.eclipse.kura.cloudconnection.subscriber.CloudSubscriber;
import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.crypto.CryptoService;
import org.junit.jupiter.api.Test;

/** The interfaces that bundles/kura is compiled against, where it implements them, say just what Kura's own say. */
class KuraInterfacesTest {

    /** Return type, name, types of parameters, and what it throws, all by their simple names. */
    private static Set<String> signatures(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .map(KuraInterfacesTest::signature)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String signature(Method method) {
        String parameters = names(method.getParameterTypes());
        String exceptions = names(method.getExceptionTypes());
        return (method.isDefault() ? "default " : "")
                + method.getReturnType().getSimpleName() + " " + method.getName() + "(" + parameters + ")"
                + (exceptions.isEmpty() ? "" : " throws " + exceptions);
    }

    private static String names(Class<?>[] types) {
        return Arrays.stream(types).map(Class::getSimpleName).collect(Collectors.joining(", "));
    }

    private static void assertSays(Class<?> type, String... signatures) {
        assertEquals(new TreeSet<>(List.of(signatures)), signatures(type), type.getName());
    }

    @Test
    void areKuras() {
        assertSays(ConfigurableComponent.class);
        assertSays(CryptoService.class, "char[] decryptAes(char[]) throws KuraException");
        assertEquals(Exception.class, KuraException.class.getSuperclass());
        assertSays(
                CloudConnectionFactory.class,
                "String getFactoryPid()",
                "void createConfiguration(String) throws KuraException",
                "List getStackComponentsPids(String) throws KuraException",
                "void deleteConfiguration(String) throws KuraException",
                "Set getManagedCloudConnectionPids() throws KuraException");
        assertSays(
                CloudEndpoint.class,
                "String publish(KuraMessage) throws KuraException",
                "void registerSubscriber(Map, CloudSubscriberListener)",
                "void unregisterSubscriber(CloudSubscriberListener)",
                "default Map getInfo()",
                "void registerCloudDeliveryListener(CloudDeliveryListener)",
                "void unregisterCloudDeliveryListener(CloudDeliveryListener)");
        assertSays(
                CloudConnectionManager.class,
                "void connect() throws KuraConnectException",
                "void disconnect() throws KuraDisconnectException",
                "boolean isConnected()",
                "void registerCloudConnectionListener(CloudConnectionListener)",
                "void unregisterCloudConnectionListener(CloudConnectionListener)");
        assertSays(
                CloudPublisher.class,
                "String publish(KuraMessage) throws KuraException",
                "void registerCloudConnectionListener(CloudConnectionListener)",
                "void unregisterCloudConnectionListener(CloudConnectionListener)",
                "void registerCloudDeliveryListener(CloudDeliveryListener)",
                "void unregisterCloudDeliveryListener(CloudDeliveryListener)");
        assertSays(
                CloudSubscriber.class,
                "void registerCloudSubscriberListener(CloudSubscriberListener)",
                "void unregisterCloudSubscriberListener(CloudSubscriberListener)",
                "void registerCloudConnectionListener(CloudConnectionListener)",
                "void unregisterCloudConnectionListener(CloudConnectionListener)");
        assertSays(
                CloudConnectionListener.class,
                "void onDisconnected()",
                "void onConnectionLost()",
                "void onConnectionEstablished()");
        assertSays(CloudDeliveryListener.class, "void onMessageConfirmed(String)");
        assertSays(CloudSubscriberListener.class, "void onMessageArrived(KuraMessage)");
    }
}
