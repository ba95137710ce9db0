package dev.weft.filter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.event.MeshEvent;
import dev.weft.event.PayloadReading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Walks one event after the other through an index: the working memory of one thread.
 *
 * <p>First come the branches that attributes open. Conjunctions whose attributes hold and that ask for the payload are
 * put aside; only if there are any is the payload read, and then they are decided.
 */
final class Walk {

    /*
     * What was found out about an event is marked with its number, its epoch, so that nothing need be cleared for the
     * next one. Each test is asked at most once, each branch and each gate is opened at most once.
     */

    /** Far below what an int holds, so that starting again is an everyday matter and not one of every other week. */
    private static final int LAST_EPOCH = 1 << 16;

    private final Plan plan;
    private final Matches answer;
    private final FieldValues[] fields;

    /** For each test twice the epoch it was last asked in, plus 1 if it held. */
    private final int[] tested;

    private final int[] opened;
    private final int[] passed;
    private final int[] answered;

    /** For each residual the epoch it was last asked in, and what it answered then. */
    private final int[] asked;

    private final Residual.Answer[] said;

    /** Where in the program the conjunctions are that wait for the payload. */
    private final Numbers waiting = new Numbers();

    private final List<Branch> waitingBranches = new ArrayList<>();

    /** The rules with an alternative that a damaged payload leaves open. */
    private final Numbers doubtful = new Numbers();

    /** The rules with an alternative that an expression refused by failing. */
    private final Numbers failing = new Numbers();

    private int epoch;
    private @Nullable MeshEvent event;
    private @Nullable JsonNode root;

    /** Whether fields that hold each may still not hold in one and the same object. */
    private boolean objectsInArrays;

    /** @param answer takes the answer about each event */
    Walk(Plan plan, Matches answer) {
        this.plan = plan;
        this.answer = answer;
        this.fields = Stream.generate(FieldValues::new).limit(plan.fieldCount()).toArray(FieldValues[]::new);
        this.tested = new int[plan.tests().size()];
        this.opened = new int[plan.branchCount()];
        this.passed = new int[plan.gateCount()];
        this.answered = new int[plan.ruleCount()];
        this.asked = new int[plan.residuals().count()];
        this.said = new Residual.Answer[plan.residuals().count()];
        Arrays.fill(said, Residual.Answer.FALSE);
    }

    void match(MeshEvent next) {
        begin(next);
        open(plan.root());
        if (waiting.count() > 0 || !waitingBranches.isEmpty()) {
            PayloadReading reading = next.read(plan.wanted());
            if (reading.damage() == null) {
                decideBy(reading.root());
            } else {
                leaveUndecided(reading.damage());
            }
        }
        tellFailures();
        event = null;
        root = null;
    }

    private void begin(MeshEvent next) {
        if (epoch == LAST_EPOCH) {
            Stream.of(tested, opened, passed, answered, asked).forEach(marks -> Arrays.fill(marks, 0));
            Stream.of(fields).forEach(values -> values.clearFor(0));
            epoch = 0;
        }
        epoch++;
        event = next;
        waiting.clear();
        waitingBranches.clear();
        doubtful.clear();
        failing.clear();
        objectsInArrays = false;
    }

    /** Opens a branch whose test is known to hold. */
    void openSure(Branch branch) {
        tested[branch.test()] = epoch * 2 + 1;
        open(branch);
    }

    /** Opens a branch if its test holds. */
    void openLikely(Branch branch) {
        if (opened[branch.number()] != epoch && holds(branch.test())) {
            open(branch);
        }
    }

    void pass(Gate gate) {
        if (passed[gate.number()] == epoch) {
            return;
        }
        passed[gate.number()] = epoch;
        for (Branch branch : gate.sure()) {
            openSure(branch);
        }
        for (Branch branch : gate.likely()) {
            openLikely(branch);
        }
    }

    private void open(Branch branch) {
        if (opened[branch.number()] == epoch) {
            return;
        }
        opened[branch.number()] = epoch;
        for (int at = branch.from(); at < branch.to(); at = plan.program().end(at)) {
            decide(at);
        }
        for (int i = 0; i < branch.dictionaries().size(); i++) {
            Dictionary dictionary = branch.dictionaries().get(i);
            dictionary.open(values(dictionary.field()), this);
        }
        Branch behindPayload = branch.behindPayload();
        if (behindPayload != null) {
            waitingBranches.add(behindPayload);
        }
    }

    private void decide(int at) {
        Program program = plan.program();
        int payload = program.payload(at);
        if (answered[program.rule(at)] == epoch || !allHold(program.attributes(at), payload)) {
            return;
        }
        if (payload == program.end(at) && !plan.residuals().wantPayload(program.conjunction(at))) {
            askResiduals(at);
        } else if (root == null) {
            waiting.add(at);
        } else {
            decideByPayload(at, root);
        }
    }

    private void decideByPayload(int at, JsonNode read) {
        Program program = plan.program();
        int payload = program.payload(at);
        int end = program.end(at);
        if (answered[program.rule(at)] == epoch || !allHold(payload, end)) {
            return;
        }
        boolean inOneObject = !objectsInArrays
                || end - payload == 1
                || plan.conjunctions().get(program.conjunction(at)).holdsIn(read);
        if (inOneObject) {
            askResiduals(at);
        }
    }

    /** All else holds of the conjunction that stands there. */
    private void askResiduals(int at) {
        if (residualsOf(at) == Outcome.MATCHED) {
            addMatched(plan.program().rule(at));
        }
    }

    private Outcome residualsOf(int at) {
        Outcome outcome = Outcome.MATCHED;
        for (int number : plan.residuals().of(plan.program().conjunction(at))) {
            Residual.Answer answer = ask(number);
            if (answer.failed()) {
                failing.add(plan.program().rule(at));
            }
            outcome = outcome.and(answer.outcome());
            if (outcome == Outcome.REFUSED) {
                return outcome;
            }
        }
        return outcome;
    }

    private Residual.Answer ask(int residual) {
        if (asked[residual] != epoch) {
            asked[residual] = epoch;
            said[residual] = plan.residuals().get(residual).answer(Objects.requireNonNull(event), root);
        }
        return said[residual];
    }

    private void addMatched(int rule) {
        answered[rule] = epoch;
        answer.addMatched(rule);
    }

    private boolean allHold(int from, int to) {
        for (int at = from; at < to; at++) {
            if (!holds(plan.program().test(at))) {
                return false;
            }
        }
        return true;
    }

    private boolean holds(int number) {
        int known = tested[number];
        if (known >> 1 == epoch) {
            return (known & 1) != 0;
        }
        FieldTest test = plan.tests().get(number);
        boolean holds = test.holds(values(test.field()));
        tested[number] = epoch * 2 + (holds ? 1 : 0);
        return holds;
    }

    private FieldValues values(int field) {
        FieldValues values = fields[field];
        if (!values.isOf(epoch)) {
            values.clearFor(epoch);
            // A field of the payload that was not come across when the payload was read has no values.
            if (field < plan.attributes().size()) {
                values.addAttribute(Objects.requireNonNull(event)
                        .attribute(plan.attributes().get(field)));
            }
        }
        return values;
    }

    private void decideBy(JsonNode read) {
        root = read;
        plan.payloadFields().collect(read, this);
        for (int i = 0; i < waiting.count(); i++) {
            decideByPayload(waiting.get(i), read);
        }
        for (int i = 0; i < waitingBranches.size(); i++) {
            open(waitingBranches.get(i));
        }
    }

    /** A value of the payload was come across. */
    void addValue(int field, JsonNode value) {
        FieldValues values = fields[field];
        if (!values.isOf(epoch)) {
            values.clearFor(epoch);
        }
        values.addNode(value);
    }

    /** An object was come across that is one of several. */
    void sawObjectInArray() {
        objectsInArrays = true;
    }

    private void leaveUndecided(String damage) {
        for (int i = 0; i < waiting.count(); i++) {
            doubt(waiting.get(i));
        }
        for (int i = 0; i < waitingBranches.size(); i++) {
            doubt(waitingBranches.get(i));
        }
        for (int i = 0; i < doubtful.count(); i++) {
            addUndecided(doubtful.get(i), damage);
        }
    }

    /** A conjunction waits in vain for the payload; residuals may refuse it all the same, or need no payload. */
    private void doubt(int at) {
        Program program = plan.program();
        Outcome outcome = answered[program.rule(at)] == epoch ? Outcome.REFUSED : residualsOf(at);
        if (outcome == Outcome.MATCHED && program.payload(at) == program.end(at)) {
            addMatched(program.rule(at));
        } else if (outcome != Outcome.REFUSED) {
            doubtful.add(program.rule(at));
        }
    }

    private void doubt(Branch branch) {
        if (opened[branch.number()] == epoch) {
            return;
        }
        opened[branch.number()] = epoch;
        Program program = plan.program();
        for (int at = branch.from(); at < branch.to(); at = program.end(at)) {
            if (allHold(program.attributes(at), program.payload(at))) {
                doubt(at);
            }
        }
        for (Dictionary dictionary : branch.dictionaries()) {
            dictionary.all().forEach(this::doubt);
        }
    }

    /** Rules that match without the payload have all been found by now. */
    private void addUndecided(int rule, String damage) {
        if (answered[rule] != epoch) {
            answered[rule] = epoch;
            answer.addUndecided(rule, damage);
        }
    }

    /** An expression's failure decided nothing where the rule has an answer without it. */
    private void tellFailures() {
        for (int i = 0; i < failing.count(); i++) {
            int rule = failing.get(i);
            if (answered[rule] != epoch) {
                answered[rule] = epoch;
                answer.addFailed(rule);
            }
        }
    }
}
