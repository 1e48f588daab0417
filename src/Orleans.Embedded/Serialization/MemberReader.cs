using System.Reflection;
using System.Reflection.Emit;
using Orleans;
using Orleans.Serialization;

namespace OrleansEmbedded.Serialization;

/// <summary>
/// Finds the serialized members of a type and compiles access to them, private, read-only and init-only ones included. Runs once a type.
/// </summary>
internal static class MemberReader
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>Ids of parameters of a record's primary constructor that carry none; apart from those that do.</summary>
    private const uint ParameterIds = 1u << 20;

    public static Member<T>[][] Levels<T>()
    {
        var levels = new List<Member<T>[]>();
        for (var type = typeof(T); type is not null && type != typeof(object) && type != typeof(ValueType); type = type.BaseType)
        {
            levels.Insert(0, [.. Read(type).Select(found => Make<T>(found))]);
            CheckIds(type, levels[0].Select(member => member.Id));
        }

        return [.. levels];
    }

    /// <summary>All fields of a tuple, in order.</summary>
    public static Member<T>[] Fields<T>()
        => [.. typeof(T).GetFields(Declared).OrderBy(field => field.MetadataToken).Select((field, at) => Make<T>(((uint)at, field, null, false)))];

    private static IEnumerable<(uint Id, FieldInfo? Field, PropertyInfo? Property, bool IsImmutable)> Read(Type type)
    {
        if (typeof(Exception).IsAssignableFrom(type) && type.Namespace == nameof(System))
        {
            return [];
        }

        var fields = type.GetFields(Declared)
            .Where(field => field.IsDefined(typeof(IdAttribute)))
            .Select(field => (field.GetCustomAttribute<IdAttribute>()!.Id, (FieldInfo?)field, (PropertyInfo?)null, IsImmutable(field)));
        var properties = type.GetProperties(Declared)
            .Where(property => property.IsDefined(typeof(IdAttribute)))
            .Select(property => (property.GetCustomAttribute<IdAttribute>()!.Id, BackingField(property), (PropertyInfo?)property, IsImmutable(property)));
        return fields.Concat(properties).Concat(Parameters(type)).OrderBy(found => found.Item1);
    }

    private static IEnumerable<(uint, FieldInfo?, PropertyInfo?, bool)> Parameters(Type type)
    {
        var isRecord = type.GetMethod("PrintMembers", Declared) is not null;
        if (!isRecord)
        {
            yield break;
        }

        var properties = type.GetProperties(Declared).ToDictionary(property => property.Name);
        var primary = type.GetConstructors(Declared).Select(constructor => constructor.GetParameters())
            .FirstOrDefault(parameters => parameters.Length > 0 && Array.TrueForAll(parameters, parameter => parameter.Name is { } name
                && properties.TryGetValue(name, out var property) && property.PropertyType == parameter.ParameterType));
        foreach (var parameter in primary ?? [])
        {
            var property = properties[parameter.Name!];
            if (!property.IsDefined(typeof(IdAttribute)) && BackingField(property) is { } field)
            {
                yield return (ParameterIds + (uint)parameter.Position, field, property, IsImmutable(property));
            }
        }
    }

    private static bool IsImmutable(MemberInfo member) => member.IsDefined(typeof(ImmutableAttribute));

    private static FieldInfo? BackingField(PropertyInfo property)
        => property.DeclaringType!.GetField($"<{property.Name}>k__BackingField", Declared);

    private static Member<T> Make<T>((uint Id, FieldInfo? Field, PropertyInfo? Property, bool IsImmutable) found)
    {
        var memberType = found.Field?.FieldType ?? found.Property!.PropertyType;
        var make = typeof(MemberReader).GetMethod(nameof(MakeTyped), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(typeof(T), memberType);
        return (Member<T>)make.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [found.Id, found.IsImmutable, found.Field, found.Property], null)!;
    }

    private static Member<TOwner, TMember> MakeTyped<TOwner, TMember>(uint id, bool isImmutable, FieldInfo? field, PropertyInfo? property)
        => new(id, isImmutable, Getter<TOwner, TMember>(field, property), Setter<TOwner, TMember>(field, property));

    private static GetMember<TOwner, TMember> Getter<TOwner, TMember>(FieldInfo? field, PropertyInfo? property)
    {
        var method = new DynamicMethod("get", typeof(TMember), [typeof(TOwner).MakeByRefType()], typeof(TOwner), skipVisibility: true);
        var il = method.GetILGenerator();
        LoadOwner<TOwner>(il);
        if (field is not null)
        {
            il.Emit(OpCodes.Ldfld, field);
        }
        else
        {
            il.Emit(OpCodes.Call, property!.GetMethod ?? throw Unreadable(property));
        }

        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<GetMember<TOwner, TMember>>();
    }

    private static SetMember<TOwner, TMember> Setter<TOwner, TMember>(FieldInfo? field, PropertyInfo? property)
    {
        var method = new DynamicMethod("set", typeof(void), [typeof(TOwner).MakeByRefType(), typeof(TMember)], typeof(TOwner), skipVisibility: true);
        var il = method.GetILGenerator();
        LoadOwner<TOwner>(il);
        il.Emit(OpCodes.Ldarg_1);
        if (field is not null)
        {
            il.Emit(OpCodes.Stfld, field);
        }
        else
        {
            il.Emit(OpCodes.Call, property!.SetMethod ?? throw Unreadable(property));
        }

        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<SetMember<TOwner, TMember>>();
    }

    private static void LoadOwner<TOwner>(ILGenerator il)
    {
        il.Emit(OpCodes.Ldarg_0);
        if (!typeof(TOwner).IsValueType)
        {
            il.Emit(OpCodes.Ldind_Ref);
        }
    }

    private static CodecNotFoundException Unreadable(PropertyInfo property)
        => new($"{property.DeclaringType}.{property.Name} has [Id] but cannot be both read and set.");

    private static void CheckIds(Type type, IEnumerable<uint> ids)
    {
        if (ids.GroupBy(id => id).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new CodecNotFoundException($"{type} has [Id({twice.Key})] twice.");
        }
    }
}
