// The built-in constraints: which types offer comparison, showing, arithmetic, joining, interpolation.
#include "unify.h"

// Whether values of a data type can be compared and shown: which parameters that depends on, or what stands in the way.
struct StructuralFacts {
    uint64_t needed;          // bit i: parameter i must offer it too; beyond 63: all
    Type *culprit;            // a function, computation or extern type within, or NULL
    Constructor *constructor; // whose field it is; NULL when none: the list as which values are seen holds it
    bool is_known;            // false while being found
};

// The data type that is looked into, and where: a constructor, or NULL in the list as which values are seen.
typedef struct Inspection {
    Unifier *unifier;
    const DataType *data;
    struct StructuralFacts *facts;
    Constructor *constructor;
} Inspection;

static void inspect_field(const Inspection *inspection, Type *type);
static const struct StructuralFacts *find_structural_facts(Unifier *unifier, DataType *data);

static uint64_t parameter_bit(size_t index) { return index < 63 ? UINT64_C(1) << index : UINT64_C(1) << 63; }

bool has_structure(Type *type) {
    type = resolve_type(type);
    if (type->kind == TYPE_DATA) return type->data->kind != DATA_EXTERN || type->data->seen_as;
    return type->kind != TYPE_FUNCTION && type->kind != TYPE_COMPUTATION;
}

static void add_culprit(const Inspection *inspection, Type *culprit, Constructor *constructor) {
    if (inspection->facts->culprit) return;
    inspection->facts->culprit = culprit;
    inspection->facts->constructor = constructor;
}

static void inspect_parameter(const Inspection *inspection, const TypeParameter *parameter) {
    for (size_t i = 0; i < inspection->data->parameters.count; i++) {
        if (inspection->data->parameters.items[i] == parameter) inspection->facts->needed |= parameter_bit(i);
    }
}

static void inspect_data(const Inspection *inspection, Type *type) {
    if (!has_structure(type)) {
        add_culprit(inspection, type, inspection->constructor);
        return;
    }
    const struct StructuralFacts *inner = find_structural_facts(inspection->unifier, type->data);
    if (inner->culprit) add_culprit(inspection, inner->culprit, inner->constructor);
    for (size_t i = 0; i < type->arguments.count; i++) {
        if (!inner->is_known || (inner->needed & parameter_bit(i))) inspect_field(inspection, type->arguments.items[i]);
    }
}

static void inspect_field(const Inspection *inspection, Type *type) {
    type = resolve_type(type);
    switch (type->kind) {
    case TYPE_PARAMETER: inspect_parameter(inspection, type->parameter); break;
    case TYPE_DATA: inspect_data(inspection, type); break;
    case TYPE_FUNCTION:
    case TYPE_COMPUTATION: add_culprit(inspection, type, inspection->constructor); break;
    default: break;
    }
}

// While a recursive type is being looked into, all its parameters count as needed, which errs on the safe side.
static const struct StructuralFacts *find_structural_facts(Unifier *unifier, DataType *data) {
    if (data->structural) return data->structural;
    struct StructuralFacts *facts = NEW(unifier->arena, struct StructuralFacts);
    data->structural = facts;
    Inspection inspection = {unifier, data, facts, NULL};
    if (data->seen_as) inspect_field(&inspection, data->seen_as);
    for (size_t i = 0; !data->seen_as && i < data->constructors.count; i++) {
        inspection.constructor = data->constructors.items[i];
        const Types *fields = &inspection.constructor->fields;
        for (size_t k = 0; k < fields->count; k++) inspect_field(&inspection, fields->items[k]);
    }
    facts->is_known = true;
    return facts;
}

static bool fail_constraint(Unifier *unifier, Type *type, Constraint constraint, Span span, Type *culprit, Constructor *constructor) {
    return fail_unify(unifier, (Failure){.kind = FAILURE_CONSTRAINT, .left = type, .constraint = constraint, .constraint_span = span,
                                         .culprit = culprit, .constructor = constructor});
}

static bool require_structural(Unifier *unifier, Type *type, Constraint constraint, Span span) {
    if (!has_structure(type)) return fail_constraint(unifier, type, constraint, span, type, NULL);
    const struct StructuralFacts *facts = find_structural_facts(unifier, type->data);
    if (facts->culprit) return fail_constraint(unifier, type, constraint, span, facts->culprit, facts->constructor);
    for (size_t i = 0; i < type->arguments.count; i++) {
        if (!(facts->needed & parameter_bit(i))) continue;
        if (require_constraints(unifier, type->arguments.items[i], constraint, span)) continue;
        unifier->failure.left = type;
        return false;
    }
    return true;
}

static bool data_offers(const Builtins *builtins, const DataType *data, Constraint constraint) {
    bool is_number = data == builtins->int_type || data == builtins->float_type;
    switch (constraint) {
    case CONSTRAINT_NUMBER: return is_number;
    case CONSTRAINT_APPEND: return data == builtins->string_type || data == builtins->list_type;
    case CONSTRAINT_INTERPOLATE:
        return is_number || data == builtins->string_type || data == builtins->bool_type || data == builtins->char_type;
    default: return true;
    }
}

static bool require_of_data(Unifier *unifier, Type *type, Constraint constraint, Span span) {
    if (constraint == CONSTRAINT_COMPARE || constraint == CONSTRAINT_SHOW) return require_structural(unifier, type, constraint, span);
    if (data_offers(unifier->builtins, type->data, constraint)) return true;
    return fail_constraint(unifier, type, constraint, span, type, NULL);
}

static bool require_of_unknown(Unifier *unifier, Type *type, Constraint constraint, Span span) {
    Unknown *unknown = type->unknown;
    unsigned both = CONSTRAINT_NUMBER | CONSTRAINT_APPEND;
    if (((unknown->constraints | constraint) & both) == both) return fail_constraint(unifier, type, constraint, span, type, NULL);
    unknown->constraints |= constraint;
    unknown->constraint_span = span;
    return true;
}

static bool require_constraint(Unifier *unifier, Type *type, Constraint constraint, Span span) {
    switch (type->kind) {
    case TYPE_UNKNOWN: return require_of_unknown(unifier, type, constraint, span);
    case TYPE_PARAMETER: type->parameter->constraints |= constraint; return true;
    case TYPE_DATA: return require_of_data(unifier, type, constraint, span);
    case TYPE_FUNCTION:
    case TYPE_COMPUTATION: return fail_constraint(unifier, type, constraint, span, type, NULL);
    default: return true;
    }
}

bool require_constraints(Unifier *unifier, Type *type, unsigned constraints, Span span) {
    type = resolve_type(type);
    for (unsigned bit = 1; bit <= CONSTRAINT_INTERPOLATE; bit *= 2) {
        if ((constraints & bit) && !require_constraint(unifier, type, (Constraint)bit, span)) return false;
    }
    return true;
}

Type *default_type(Unifier *unifier, const Unknown *unknown) {
    const Builtins *builtins = unifier->builtins;
    if (unknown->kind == KIND_ROW) return plain_type(TYPE_EMPTY_ROW);
    if (unknown->constraints & CONSTRAINT_NUMBER) return data_type(unifier->arena, builtins->int_type, NULL);
    if (unknown->constraints & (CONSTRAINT_APPEND | CONSTRAINT_INTERPOLATE)) return data_type(unifier->arena, builtins->string_type, NULL);
    return data_type(unifier->arena, builtins->unit_type, NULL);
}

const char *constraint_name(Constraint constraint) {
    switch (constraint) {
    case CONSTRAINT_COMPARE: return "compare";
    case CONSTRAINT_SHOW: return "show";
    case CONSTRAINT_NUMBER: return "number";
    case CONSTRAINT_APPEND: return "append";
    case CONSTRAINT_INTERPOLATE: return "text";
    }
    return "";
}
