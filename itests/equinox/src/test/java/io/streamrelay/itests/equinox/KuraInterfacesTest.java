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
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.publisher.CloudPublisher;
import org.eclipse.kura.cloudconnection.subscriber.CloudSubscriber;
import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.crypto.CryptoService;
import org.eclipse.kura.marshalling.Marshaller;
import org.eclipse.kura.marshalling.Unmarshaller;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.eclipse.kura.wire.WireComponent;
import org.eclipse.kura.wire.WireEmitter;
import org.eclipse.kura.wire.WireEnvelope;
import org.eclipse.kura.wire.WireHelperService;
import org.eclipse.kura.wire.WireReceiver;
import org.eclipse.kura.wire.WireRecord;
import org.eclipse.kura.wire.WireSupport;
import org.junit.jupiter.api.Test;
import org.osgi.service.wireadmin.Consumer;
import org.osgi.service.wireadmin.Producer;

/**
 * The interfaces that bundles/kura is compiled against, where it implements them, say just what Kura's own say; where it
 * calls them, nothing that Kura's own do not say.
 */
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
        assertSays(WireComponent.class);
        assertSays(WireEmitter.class);
        assertEquals(Set.of(WireComponent.class, Producer.class), Set.of(WireEmitter.class.getInterfaces()));
        assertSays(WireReceiver.class, "void onWireReceive(WireEnvelope)");
        assertEquals(Set.of(WireComponent.class, Consumer.class), Set.of(WireReceiver.class.getInterfaces()));
        assertEquals(Set.of(Producer.class, Consumer.class), Set.of(WireSupport.class.getInterfaces()));
        assertSays(WireSupport.class, "void emit(List)");
        assertSays(CloudDeliveryListener.class, "void onMessageConfirmed(String)");
        assertSays(CloudSubscriberListener.class, "void onMessageArrived(KuraMessage)");
    }

    private static void assertSaysOnly(Class<?> type, String... signatures) {
        Set<String> more = signatures(type);
        more.removeAll(Set.of(signatures));
        assertEquals(Set.of(), more, type.getName());
    }

    @Test
    void whatIsCalledIsKuras() {
        assertSaysOnly(
                KuraPayload.class,
                "Date getTimestamp()",
                "void setTimestamp(Date)",
                "Object getMetric(String)",
                "void addMetric(String, Object)",
                "void removeMetric(String)",
                "void removeAllMetrics()",
                "Set metricNames()",
                "Iterator metricsIterator()",
                "Map metrics()",
                "byte[] getBody()",
                "void setBody(byte[])");
        assertSaysOnly(KuraMessage.class, "Map getProperties()", "KuraPayload getPayload()");
        assertSaysOnly(
                ConfigurationService.class,
                "void createFactoryConfiguration(String, String, Map, boolean) throws KuraException",
                "void deleteFactoryConfiguration(String, boolean) throws KuraException");
        assertSaysOnly(Marshaller.class, "String marshal(Object) throws KuraException");
        assertSaysOnly(Unmarshaller.class, "Object unmarshal(String, Class) throws KuraException");
        assertSaysOnly(WireHelperService.class, "WireSupport newWireSupport(WireComponent, ServiceReference)");
        assertSaysOnly(WireRecord.class, "Map getProperties()");
        assertSaysOnly(WireEnvelope.class, "List getRecords()", "String getEmitterPid()");
        assertSaysOnly(TypedValue.class, "Object getValue()", "DataType getType()");
        assertSaysOnly(TypedValues.class, "TypedValue newTypedValue(Object)");
    }
}
