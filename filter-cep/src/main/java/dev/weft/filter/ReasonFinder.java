package dev.weft.filter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says of each rule of a segment what decided about the event that was just walked. Where matching leaves a branch
 * closed, the branch's test is what decided about all that lies below it; so this takes time by how many rules there
 * are, and asks no test that matching has not asked but those that alone decide.
 */
final class ReasonFinder {

    private static final int SHOWN_VALUES = 5;
    private static final Reason NOTHING_ASKED = new Reason(Outcome.MATCHED, "every event is wanted");
    private static final Reason ALL_HOLDS = new Reason(Outcome.MATCHED, "all that is asked holds");
    private static final Reason UNREADABLE = new Reason(Outcome.UNDECIDED, "the payload cannot be read");
    private static final Reason NO_SINGLE_OBJECT =
            new Reason(Outcome.REFUSED, "no single object of the payload has all that is asked of it");

    private final Plan plan;
    private final AskedFields fields;
    private final String[] names;
    private final SegmentWalk walk;
    private final @Nullable JsonNode root;

    /** For each test what is said where it decides; null until it does. */
    private final @Nullable Reason[] refusals;

    private final @Nullable Reason[] reasons;

    /** @param root the payload; null if it cannot be read, or need not be to refuse all that ask for it */
    ReasonFinder(Plan plan, AskedFields fields, SegmentWalk walk, @Nullable JsonNode root) {
        this.plan = plan;
        this.fields = fields;
        this.names = fields.names();
        this.walk = walk;
        this.root = root;
        this.refusals = new Reason[plan.tests().length];
        this.reasons = new Reason[plan.ruleCount()];
    }

    /** Returns the reason for each of the plan's rules. */
    List<Reason> find() {
        visit(plan.root(), null);
        List<Reason> found = new ArrayList<>(reasons.length);
        for (Reason reason : reasons) {
            found.add(reason == null ? Reason.NOTHING_WANTED : reason);
        }
        return found;
    }

    /** @param refusal why all that lies in the branch is refused; null if it is not */
    private void visit(Branch branch, @Nullable Reason refusal) {
        for (int at = branch.from(); at < branch.to(); at = plan.program().end(at)) {
            tell(plan.program().rule(at), refusal == null ? reason(at) : refusal);
        }
        for (Dictionary dictionary : branch.dictionaries()) {
            for (Branch below : dictionary.all()) {
                visit(below, refusal == null ? refusal(below.test()) : refusal);
            }
        }
        if (branch.behindPayload() != null) {
            visit(branch.behindPayload(), refusal);
        }
    }

    private void tell(int rule, Reason reason) {
        Reason known = reasons[rule];
        if (known == null || known.outcome().or(reason.outcome()) != known.outcome()) {
            reasons[rule] = reason;
        }
    }

    private Reason reason(int at) {
        Program program = plan.program();
        for (int i = program.attributes(at); i < program.end(at); i++) {
            Reason refusal = refusal(program.test(i));
            if (refusal != null) {
                return refusal;
            }
        }
        boolean unreadable = root == null && program.fields(at) > 0;
        if (root != null && !walk.isInOneObject(at, root)) {
            return NO_SINGLE_OBJECT;
        }
        int[] residuals = plan.residuals().of(program.conjunction(at));
        for (int number : residuals) {
            Residual.Answer answer = walk.ask(number);
            if (answer.outcome() == Outcome.REFUSED) {
                return new Reason(Outcome.REFUSED, walk.because(number));
            }
            unreadable |= answer.outcome() == Outcome.UNDECIDED;
        }
        if (unreadable) {
            return UNREADABLE;
        }
        boolean asksNothing = plan.conjunctions().get(program.conjunction(at)).isEmpty();
        return asksNothing ? NOTHING_ASKED : ALL_HOLDS;
    }

    /** Returns what is said where the test decides, or null if it holds or cannot be told without the payload. */
    private @Nullable Reason refusal(int number) {
        FieldTest test = plan.tests()[number];
        boolean unknown = root == null && fields.attribute(test.field()) == null;
        if (unknown || walk.holds(number)) {
            return null;
        }
        Reason said = refusals[number];
        if (said == null) {
            said = new Reason(
                    Outcome.REFUSED,
                    names[test.field()] + " is asked: " + test.asked().words() + "; seen: " + seen(test.field()));
            refusals[number] = said;
        }
        return said;
    }

    private String seen(int field) {
        FieldValues values = walk.values(field);
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < Math.min(SHOWN_VALUES, values.count()); i++) {
            shown.add(values.get(i).inWords());
        }
        int more = values.count() - shown.size();
        return shown.isEmpty() ? "nothing" : String.join(", ", shown) + (more > 0 ? " and " + more + " more" : "");
    }
}
