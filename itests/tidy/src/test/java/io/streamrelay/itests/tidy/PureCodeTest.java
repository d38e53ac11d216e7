// SPDX-FileCopyrightText: The Streamrelay authors
// SPDX-License-Identifier: Apache-2.0
package io.streamrelay.itests.tidy;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import io.streamrelay.itests.tidy.fixture.pure.BlocksOnLock;
import io.streamrelay.itests.tidy.fixture.pure.DependsOnFramework;
import io.streamrelay.itests.tidy.fixture.pure.DrawsFromGivenSource;
import io.streamrelay.itests.tidy.fixture.pure.IteratesUnordered;
import io.streamrelay.itests.tidy.fixture.pure.LogsLines;
import io.streamrelay.itests.tidy.fixture.pure.OpensSocket;
import io.streamrelay.itests.tidy.fixture.pure.QueuesConcurrently;
import io.streamrelay.itests.tidy.fixture.pure.ReadsClock;
import io.streamrelay.itests.tidy.fixture.pure.ReadsClockByReference;
import io.streamrelay.itests.tidy.fixture.pure.StartsThread;
import io.streamrelay.itests.tidy.fixture.pure.ThrowsDice;
import io.streamrelay.itests.tidy.fixture.pure.WritesFile;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PureCodeTest {

    private static final PureCode ENGINE =
            new PureCode("io.streamrelay.gossip.engine..", "io.streamrelay.gossip.packet..");
    private static final PureCode FIXTURES = new PureCode("io.streamrelay.itests.tidy.fixture.pure..");
    private static final JavaClasses HOUSE = House.mainClasses();

    private static List<Function<PureCode, ArchRule>> rules() {
        return List.of(
                PureCode::sockets,
                PureCode::files,
                PureCode::threads,
                PureCode::clocks,
                PureCode::chance,
                PureCode::order,
                PureCode::logs,
                PureCode::osgi);
    }

    @ParameterizedTest
    @ValueSource(strings = {"io.streamrelay.gossip.engine", "io.streamrelay.gossip.packet"})
    void packageIsThereToBeChecked(String name) {
        assertTrue(HOUSE.containPackage(name), name + " has moved: name its new place here");
    }

    @ParameterizedTest
    @MethodSource("rules")
    void engineAndPacketKeep(Function<PureCode, ArchRule> rule) {
        rule.apply(ENGINE).check(HOUSE);
    }

    static Stream<Arguments> offenders() {
        return Stream.of(
                offender(OpensSocket.class, PureCode::sockets),
                offender(WritesFile.class, PureCode::files),
                offender(StartsThread.class, PureCode::threads),
                offender(QueuesConcurrently.class, PureCode::threads),
                offender(BlocksOnLock.class, PureCode::threads),
                offender(ReadsClock.class, PureCode::clocks),
                offender(ReadsClockByReference.class, PureCode::clocks),
                offender(ThrowsDice.class, PureCode::chance),
                offender(IteratesUnordered.class, PureCode::order),
                offender(LogsLines.class, PureCode::logs),
                offender(DependsOnFramework.class, PureCode::osgi));
    }

    private static Arguments offender(Class<?> offender, Function<PureCode, ArchRule> rule) {
        return Arguments.of(offender, rule.apply(FIXTURES));
    }

    @ParameterizedTest
    @MethodSource("offenders")
    void refusesWhat(Class<?> offender, ArchRule rule) {
        EvaluationResult result = rule.evaluate(new ClassFileImporter().importClasses(offender));
        assertTrue(result.hasViolation(), rule.getDescription());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void acceptsChanceThatIsHandedIn(Function<PureCode, ArchRule> rule) {
        JavaClasses good = new ClassFileImporter().importClasses(DrawsFromGivenSource.class);
        EvaluationResult result = rule.apply(FIXTURES).evaluate(good);
        assertFalse(result.hasViolation(), () -> result.getFailureReport().toString());
    }
}
