namespace System.Runtime.CompilerServices;

/// <summary>Lets this older target framework use records.</summary>
internal static class IsExternalInit
{
}
