// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.equinox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.crypto.CryptoService;
import org.junit.jupiter.api.Test;

/** The interfaces that bundles/kura is compiled against say what Kura's own say. */
class KuraInterfacesTest {

    private static List<String> signatures(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .map(Method::toString)
                .sorted()
                .toList();
    }

    @Test
    void areKuras() {
        assertEquals(List.of(), signatures(ConfigurableComponent.class));
        assertEquals(
                List.of("public abstract char[] org.eclipse.kura.crypto.CryptoService.decryptAes(char[])"
                        + " throws org.eclipse.kura.KuraException"),
                signatures(CryptoService.class));
        assertEquals(Exception.class, KuraException.class.getSuperclass());
    }
}
