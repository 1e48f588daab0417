namespace Orleans.Runtime;

/// <summary>Anything that messages can be sent to: a grain or an observer.</summary>
public interface IAddressable;
