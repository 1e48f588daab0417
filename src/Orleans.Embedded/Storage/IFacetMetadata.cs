namespace Orleans;

/// <summary>Marks attributes of grain constructor parameters that say how the argument is made.</summary>
public interface IFacetMetadata;
